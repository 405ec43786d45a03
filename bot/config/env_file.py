"""The `.env` file, and what is wrong between settings that are each fine alone."""

import difflib
from collections.abc import Collection, Mapping
from itertools import takewhile
from pathlib import Path

from dotenv.parser import parse_stream

LIKE = 0.85
"""How alike two names are before one is taken for a misspelling of the other."""

SHORTEST = 8
"""Shorter names are alike by chance: HOSTS may well be another program's."""

DISTINCTIVE_FROM = 7
"""Letters of a setting's name from which a slip in it is looked for in the real environment."""

COMMON = frozenset({"DATABASE_URL", "PUBLIC_URL", "LOG_FORMAT", "LOG_LEVEL"})
"""Settings whose names many programs read, in as many spellings: LOGLEVEL and DATABASE_URI are no slips."""

FOREIGN = frozenset({"SLACK_API_TOKEN", "SLACK_APP_URL"})
"""What other programs for Slack read, by chance one letter away from ours."""


def read_dotenv(path: Path | None) -> tuple[dict[str, str], list[str]]:
    """Read a `.env` file as it is written, without interpolation; a missing one is empty.

    Returns the values, and what could not be read as sentences.
    """
    if path is None or not path.exists():
        return {}, []
    try:
        with path.open(encoding="utf-8-sig") as stream:
            bindings = list(parse_stream(stream))
    except (OSError, UnicodeDecodeError):
        return {}, [f"{path}: the file cannot be read; it must be readable UTF-8 text with one NAME=value a line"]
    wrong = [
        f"{path}: line {found.original.line} is not NAME=value; mend or remove it" for found in bindings if found.error
    ]
    return {found.key: found.value or "" for found in bindings if found.key and not found.error}, wrong


def misspelt(names: Collection[str], known: Collection[str]) -> list[str]:
    """Return a sentence for each name that is nearly a setting's, with what was probably meant."""
    unknown = (name for name in names if name not in known and len(name) >= SHORTEST)
    near = ((name, difflib.get_close_matches(name, known, n=1, cutoff=LIKE)) for name in unknown)
    return [f"{name}: there is no such setting; did you mean {found[0]}?" for name, found in near if found]


def slips(env: Mapping[str, str], known: Collection[str], filed: Collection[str]) -> list[str]:
    """Return a sentence for each name in the real environment that is one slip away from a setting nobody set.

    Stricter than `misspelt`, because what others put into the environment must not keep us from starting. `filed` are
    the names in `.env`, where `misspelt` has looked.
    """
    said = {*env, *filed, *COMMON}
    ours = [name for name in known if len(name) >= DISTINCTIVE_FROM and name not in said]
    foreign = {*known, *filed, *FOREIGN}
    strange = (name for name, value in env.items() if value.strip() and name not in foreign)
    found = ((name, meant) for name in strange for meant in ours if _one_slip(name, meant))
    return [
        f"{name}: there is no such setting; did you mean {meant}? If another program reads it, set {meant} as well, "
        "even to nothing"
        for name, meant in found
    ]


def _one_slip(one: str, other: str) -> bool:
    """Tell whether one letter is missing, too many or another one, or two neighbours have changed places."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    start = sum(1 for _ in alike)
    left, right = one[start:], other[start:]
    swapped = left[1::-1] == right[:2] and left[2:] == right[2:]
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]


def contradictions(values: Mapping[str, str]) -> list[str]:
    """Return what is wrong between settings, as sentences with their cure."""
    bot, ways_in = "SLACK_BOT_TOKEN" in values, {"SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"} & values.keys()
    if bot and not ways_in:
        sockets, calls = "set SLACK_APP_TOKEN (Socket Mode)", "SLACK_SIGNING_SECRET (Slack calls /slack/events)"
        return [f"SLACK_APP_TOKEN: a bot token alone hears nothing; {sockets}, or {calls}"]
    if ways_in and not bot:
        return [f"SLACK_BOT_TOKEN: {' and '.join(sorted(ways_in))} is set but the bot token is not; set it too"]
    return []
