"""Ready replies: which ones a card offers, and their words for one client, written by a person to a person."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, partial

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.domain.hours.promised_times import Keeper, days_to_name, is_at_once, time_to_promise
from bot.domain.languages import Unwritten, primary
from bot.domain.replies import PromiseKind, ReplyKind, WayKind
from bot.domain.snapshots.card import SuggestionChoice
from bot.suggest.letters import as_sentence, called, one_line, paragraphs, quotable
from bot.suggest.lexicon import FALLBACK
from bot.suggest.scripts import by_script
from bot.suggest.suggestions import DRAFTS, suggestions
from bot.suggest.times import client_time, days_words, zone_of

MOST_CHOICES = 3

DEFAULT_CHOICE = "Does that still work for you?"
"""The question that ends a delay update unless the member wrote another one."""

OPEN_DOOR = "If you need it sooner, tell me and we will look for another way together."

MUCH_LATER = timedelta(hours=4)
"""Half a day of the team's work: a time that is so much later than the team's own is not within the same span."""

ALWAYS_THERE = Keeper()
"""Whoever keeps it works around the clock."""


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What a draft may know. `tz` and `language` are the client's; `now` is when the button was pressed.

    `keeper` is whose working time a promise in it goes by.
    """

    client_name: str
    contact_name: str
    request: int
    ask: str
    owner_name: str
    now: datetime
    tz: str = "UTC"
    language: str = FALLBACK
    keeper: Keeper = ALWAYS_THERE


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply to look through. `now + due_in` is exactly the time in its words; both promise fields or neither."""

    kind: ReplyKind
    text: str
    promise_kind: PromiseKind | None = None
    due_in: timedelta | None = None


@dataclass(frozen=True, slots=True)
class DelayFacts:
    """The four parts of a delay update; `happened`, `doing` and `choice` are the member's own words.

    `old_due_at` is the time that will not hold, None when it is not to be repeated; `choice` empty means the default
    question. `tz` and `language` are the client's.
    """

    contact_name: str
    owner_name: str
    happened: str
    doing: str
    new_due_at: datetime
    now: datetime
    promise_kind: PromiseKind = PromiseKind.HEAR
    old_due_at: datetime | None = None
    choice: str = ""
    tz: str = "UTC"
    language: str = FALLBACK


def choices_for(category: str, *, heat: int, waiting: bool, way: WayKind) -> tuple[SuggestionChoice, ...]:
    """Return the suggestions of a card, at most three. `waiting`: the client waits for a person's answer."""
    fitting = (row for row in suggestions() if row.fits(category, heat=heat, waiting=waiting, way=way))
    return tuple(SuggestionChoice(row.key, row.label, row.kind) for row in fitting)[:MOST_CHOICES]


def as_meant(choice: SuggestionChoice, keeper: Keeper, now: datetime) -> SuggestionChoice:
    """Return a suggestion whose label names its span only while whoever keeps it can mean that.

    They can when they are there about when the team is; who is away meanwhile names a time long after it.
    """
    row = next((row for row in suggestions() if row.key == choice.key), None)
    if row is None or row.within is None or keeper.own is None:
        return choice
    teams = time_to_promise(Keeper(keeper.team, tz=keeper.tz), now, row.within)
    due = time_to_promise(keeper, now, row.within)
    if keeper.team.between(teams, due) < MUCH_LATER:
        return choice
    return replace(choice, label=f"{choice.label.partition(',')[0]}, with a time")


def draft(key: str, facts: DraftFacts) -> Draft:
    """Write the reply of a suggestion. Raises `KeyError` for a key that no release knows (a very old button)."""
    row = next((row for row in suggestions() if row.key == key), None)
    if row is None:
        raise KeyError(key)
    language = written(facts.language)
    due = time_to_promise(facts.keeper, facts.now, row.within) if row.within is not None else None
    text = _render(
        language,
        row.template,
        client=one_line(facts.client_name),
        contact=called(facts.contact_name),
        owner=called(facts.owner_name),
        request=facts.request,
        ask=quotable(facts.ask),
        days_to_call=partial(_days_to_call, facts),
        at_once=due is not None and is_at_once(facts.keeper, facts.now, due),
        **({} if due is None else {"due": client_time(due, facts.tz, language, facts.now)}),
    )
    return Draft(row.kind, text, row.promise, None if due is None else due - facts.now)


def _days_to_call(facts: DraftFacts) -> str:
    today = facts.now.astimezone(zone_of(facts.tz)).date()
    return days_words(days_to_name(facts.keeper, facts.now, facts.tz), today)


def delay_update(facts: DelayFacts) -> str:
    """Write the four parts: what happened, what we are doing, the new time, and whether that still works.

    After the old time it says openly that it has passed.
    """
    language, old = written(facts.language), facts.old_due_at
    choice = paragraphs(facts.choice)
    return _render(
        language,
        "delay_update.j2",
        contact=called(facts.contact_name),
        owner=called(facts.owner_name),
        promise=str(facts.promise_kind),
        happened=as_sentence(facts.happened),
        doing=as_sentence(facts.doing),
        due=client_time(facts.new_due_at, facts.tz, language, facts.now),
        old_due=client_time(old, facts.tz, language, facts.now) if old else "",
        slipped=old is not None and old <= facts.now,
        choice=f"{DEFAULT_CHOICE} {OPEN_DOOR}" if choice in {"", DEFAULT_CHOICE} else choice,
    )


def blank_of_ours(text: str) -> str:
    """Return the first blank of a ready reply that nobody filled in, empty when there is none.

    Only blanks that our own templates have count: what else a person puts in brackets is theirs.
    """
    return next((blank for blank in _blanks() if blank in text), "")


@cache
def _blanks() -> tuple[str, ...]:
    templates = (path.read_text(encoding="utf-8") for path in sorted(DRAFTS.glob("*/*.j2")))
    return tuple(dict.fromkeys(blank for template in templates for blank in re.findall(r"\[[^\[\]{}\n]+\]", template)))


def written(language: str) -> str:
    """Return the language in which drafts are written for a client: theirs when it has a folder, else English."""
    tag = primary(language)
    return tag if tag in _languages() else FALLBACK


def unwritten(language: str, words: str) -> Unwritten | None:
    """Return the client's language when drafts for them are in another one, None when they are in theirs.

    English is what everybody speaks until somebody says otherwise: then the script of the client's words is asked.
    """
    tag = primary(language)
    if tag not in {"", FALLBACK}:
        return Unwritten(language) if written(language) != tag else None
    guess = by_script(words)
    return Unwritten(guess, guessed=True) if guess else None


@cache
def _languages() -> frozenset[str]:
    return frozenset(path.name for path in DRAFTS.iterdir() if path.is_dir())


@cache
def _environment(language: str) -> Environment:
    return Environment(  # noqa: S701 (plain text for a chat or a mail, not HTML; facts are values, never template code)
        loader=FileSystemLoader(DRAFTS / language), undefined=StrictUndefined
    )


def _render(language: str, template: str, **facts: object) -> str:
    text = _environment(language).get_template(template).render(facts)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
