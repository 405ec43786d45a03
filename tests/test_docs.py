"""Docs that cannot lie: what the README and its neighbours name exists, and what exists is named."""

import ast
import itertools
import json
import re
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.cli import app
from bot.config import NAMES, load_settings
from bot.domain.categories import CATEGORIES
from bot.domain.commands.slash import parse
from bot.domain.commands.slash_commands import Verb as SlashVerb
from bot.domain.commands.slash_commands import typed
from bot.domain.commands.slash_rows import ROWS
from bot.domain.replies import PromiseKind
from bot.domain.snapshots.client import ReplyOut
from bot.intake.webhook_form import AttachedFile, Sender, WebhookForm
from bot.outbound.webhook import WebhookWay

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
HEADSUP = typer.main.get_command(app)

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
NAMED_PATH = re.compile(r"(?:bot|handlers|tests|docs|requirements|\.ci)/[\w./-]*|\.env\.example|[A-Z]{4,}\.md")


def blocks(text: str, language: str) -> list[str]:
    return [body for found, body in FENCE.findall(text) if found == language]


def rows_under(heading: str, text: str = README) -> list[list[str]]:
    """The rows of all tables between a heading and the next one, without their header."""
    section = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in section.splitlines() if line.startswith("|")]
    read = [[cell.replace("\\|", "|").strip() for cell in row] for row in cells]
    rules = [number for number, row in enumerate(read) if set(row[0]) <= set("-: ")]
    return [row for number, row in enumerate(read) if number not in {*rules, *(rule - 1 for rule in rules)}]


def by_path(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


# --- settings


def example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))  # type: ignore[misc]


def test_every_setting_stands_in_the_example_with_a_comment():
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert tuple(example()) == NAMES
    bare = [line for before, line in itertools.pairwise(lines) if "=" in line[:30] and not before.strip()]
    assert [line for line in bare if not line.startswith("#")] == []


def test_the_example_says_what_holds_without_it():
    assert load_settings(env={}, dotenv=ROOT / ".env.example") == load_settings(env={})


def test_every_setting_stands_in_the_readme_with_its_default():
    told = {row[0].strip("`"): row[1].strip("`") for row in rows_under("Settings")}
    assert told == example()


def test_every_setting_is_explained_in_the_readme():
    assert [row[0] for row in rows_under("Settings") if len(row[2]) < 20] == []


# --- commands in Slack


def test_every_subcommand_stands_in_the_readme_in_its_words():
    told = [row for row in rows_under("Commands in Slack") if row[0].startswith("`/headsup")]
    assert told == [[f"`{typed(row, usage=True)}`", row.does] for row in ROWS]


def test_every_category_stands_in_the_readme_in_its_words():
    told = rows_under("Commands in Slack")[len(ROWS) :]
    assert told == [[f"{row.emoji} {row.name}", row.description] for row in CATEGORIES]


def test_every_slash_command_named_in_the_docs_is_understood():
    named = [
        words for path in DOCS for words in INLINE.findall(path.read_text("utf-8")) if words.startswith("/headsup")
    ]
    plain = [re.sub(r" \[.*", "", words) for words in named]
    assert plain
    assert [words for words in plain if parse(words.removeprefix("/headsup")).verb is SlashVerb.UNKNOWN] == []


# --- the command line


def commands(group: Any = HEADSUP, *names: str) -> Iterator[tuple[str, Any]]:
    """Every command with its name, such as "workspace press"; groups too."""
    if names:
        yield " ".join(names), group
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, *names, name)


def lines_to_type() -> list[str]:
    """What the docs tell a reader to type, at a prompt or inline."""
    found = []
    for path in DOCS:
        text = path.read_text(encoding="utf-8")
        found += [line[2:] for body in blocks(text, "console") for line in body.splitlines() if line.startswith("$ ")]
        found += INLINE.findall(FENCE.sub("", text))
    return found


@pytest.mark.parametrize("line", [line for line in lines_to_type() if line.startswith("headsup ")])
def test_every_headsup_command_in_the_docs_exists_with_its_options(line: str):
    command, words = HEADSUP, shlex.split(line)[1:]
    while (known := getattr(command, "commands", {})) and words and not words[0].startswith("--"):
        assert words[0] in known, f"no such command: {line}"
        command, words = known[words[0]], words[1:]
    options = {name for parameter in command.params for name in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options
    arguments = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
    given = [word for before, word in itertools.pairwise(["", *words]) if not {before[:2], word[:2]} & {"--"}]
    assert arguments or not given


def test_every_make_target_in_the_docs_exists():
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {line.split()[1] for line in lines_to_type() if re.fullmatch(r"make [a-z]+\b.*", line)}
    assert {"run", "test", "check"} <= named <= targets


@pytest.mark.parametrize(("name", "command"), list(commands()))
def test_every_command_and_option_says_what_it_does(name: str, command: Any):
    assert (command.help or "").strip(), name
    silent = [p.name for p in command.params if p.param_type_name == "option" and p.name != "help" and not p.help]
    assert silent == []


def test_every_role_of_the_procfile_is_a_command_and_stands_in_the_readme():
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    started = {line.partition(": ")[2] for line in lines}
    assert started == {row[0].strip("`") for row in rows_under("Run it on a server") if row[0].startswith("`headsup")}
    assert {line.removeprefix("headsup ") for line in started} <= {name for name, _ in commands()}


# --- webhooks


def fields_of(*forms: type) -> set[str]:
    return {field.alias or name for form in forms for name, field in form.model_fields.items()}  # type: ignore[attr-defined]


def test_every_field_of_a_webhook_stands_in_the_readme_and_no_other():
    rows = [row for row in rows_under("Webhooks") if row[0].startswith("`")]
    assert {row[0].strip("`") for row in rows} == fields_of(WebhookForm)
    words = " ".join(row[1] for row in rows)
    assert [name for name in fields_of(Sender, AttachedFile) if name not in words] == []


def test_the_readme_shows_the_reply_as_it_is_sent():
    shown = json.loads(blocks(README, "json")[0])
    data, promise = shown["data"], shown["data"]["promise"]
    reply = ReplyOut(
        reply=1,
        request=data["request"],
        text=data["text"],
        callback_url="https://hooks.example.com/headsup",
        approved_at=datetime.fromisoformat(shown["timestamp"]),
        thread=data["thread"],
        promise_kind=PromiseKind(promise["kind"]),
        due_at=datetime.fromisoformat(promise["due_at"]),
    )
    way = WebhookWay(secret=None, hosts=(), real_now=lambda: datetime.now(UTC))
    assert json.loads(way.freeze(reply).partition(b"\n")[2]) == shown


@pytest.mark.parametrize("source", blocks(README, "python"))
def test_every_python_example_can_be_read(source: str):
    ast.parse(source)


# --- the tree, paths and links


def told_tree() -> dict[str, str]:
    """Each entry of the README's tree as a path, folders with a slash at their end, and its purpose."""
    found: dict[str, str] = {}
    inside: list[str] = []
    for line in next(body for body in blocks(README, "text") if body.startswith("bot/\n")).splitlines():
        name, _, purpose = line.strip().partition(" ")
        inside[(len(line) - len(line.lstrip())) // 2 :] = [name]
        found["".join(inside)] = purpose.strip()
    return found


def real_tree() -> set[str]:
    found = {"docs/", "requirements/", "tests/"}
    for top in ("bot", "handlers"):
        inside = [path for path in (ROOT / top).iterdir() if path.name not in {"__pycache__", "__init__.py"}]
        found |= {f"{top}/", *(f"{top}/{path.name}{'/' * path.is_dir()}" for path in inside)}
    for room in ("domain", "services", "blocks"):
        found |= {f"bot/{room}/{path.parent.name}/" for path in (ROOT / "bot" / room).glob("*/__init__.py")}
    return found


def test_the_tree_in_the_readme_is_the_tree():
    assert set(told_tree()) == real_tree()


def test_everything_in_the_tree_says_what_it_is_for():
    assert [name for name, purpose in told_tree().items() if not purpose and name not in {"bot/", "handlers/"}] == []


@pytest.mark.parametrize("path", DOCS, ids=by_path(DOCS))
def test_every_path_named_in_the_docs_exists(path: Path):
    named = {words.split(":")[0] for words in INLINE.findall(FENCE.sub("", path.read_text(encoding="utf-8")))}
    paths = {words for words in named if NAMED_PATH.fullmatch(words)}
    assert sorted(words for words in paths if not (ROOT / words).exists()) == []


@pytest.mark.parametrize("path", DOCS, ids=by_path(DOCS))
def test_every_link_within_the_docs_leads_somewhere(path: Path):
    broken = []
    for link in LINK.findall(FENCE.sub("", path.read_text(encoding="utf-8"))):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        goal = path.parent / name if name else path
        if not goal.exists() or (anchor and anchor not in anchors(goal)):
            broken.append(link)
    assert broken == []


def anchors(path: Path) -> set[str]:
    """The anchors that headings get where Markdown is shown: lower case, words joined by hyphens."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_decision_stands_in_the_list_by_its_title():
    folder = ROOT / "docs/decisions"
    titles = {path.name: path.read_text("utf-8").splitlines()[0].split(". ", 1)[1] for path in folder.glob("0*.md")}
    listed = {
        link: title for title, link in re.findall(r"\[(.+?)\]\((0.+?)\)", (folder / "README.md").read_text("utf-8"))
    }
    assert listed == titles
