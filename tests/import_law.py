"""The import law: what each part of Headsup may see of the others, read from syntax trees (nothing is imported)."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ANYTHING = frozenset({"*"})
ALLOWED: dict[str, frozenset[str]] = {
    # Where parts are put together, and commands.
    "bot.__main__": ANYTHING,
    "bot.cli": ANYTHING,
    "bot.doctor": ANYTHING,
    "bot.wiring": ANYTHING,
    # The edges.
    "handlers": frozenset({"bot.services", "bot.intake", "bot.blocks", "bot.suggest", "bot.domain", "bot.errors"}),
    "bot.web": frozenset({"bot.services", "bot.intake", "bot.blocks", "bot.suggest", "bot.domain", "bot.errors"}),
    "bot.scheduler": frozenset({"bot.services", "bot.domain", "bot.clock", "bot.errors"}),
    # The only writers.
    "bot.services": frozenset(
        {"bot.domain", "bot.suggest", "bot.store", "bot.outbound.base", "bot.clock", "bot.errors"}
    ),
    "bot.outbound": frozenset({"bot.blocks", "bot.domain", "bot.errors"}),
    "bot.store": frozenset({"bot.domain", "bot.errors"}),
    # The pure parts.
    "bot.blocks": frozenset({"bot.domain", "bot.errors"}),
    "bot.intake": frozenset({"bot.domain", "bot.errors"}),
    "bot.suggest": frozenset({"bot.domain", "bot.errors"}),
    "bot.domain": frozenset(),
    "bot.errors": frozenset(),
    "bot.clock": frozenset({"bot.errors"}),
    # Beside the rest: settings, log lines, and the manifest, which names the ids that the blocks use.
    "bot.config": frozenset({"bot.domain", "bot.errors"}),
    "bot.logs": frozenset({"bot.errors"}),
    "bot.manifest": frozenset({"bot.config", "bot.blocks", "bot.domain", "bot.errors"}),
    # Slack's stand-in must not know the bot.
    "bot.workspace": frozenset(),
    "bot": frozenset(),
}
SIBLINGS = {
    # What the wired parts do together: start and stop, follow Slack's people and channels, catch up.
    "bot.alone": "bot.wiring",
    "bot.catching_up": "bot.wiring",
    "bot.clock_guard": "bot.wiring",
    "bot.clock_jumps": "bot.wiring",
    "bot.commands": "bot.wiring",
    "bot.quiet_times": "bot.wiring",
    "bot.running": "bot.wiring",
    "bot.syncing": "bot.wiring",
    "bot.terminal": "bot.wiring",
    # The trial: the workspace and the wired parts together.
    "bot.trial": "bot.wiring",
}
"""Modules that belong to a part without lying in a package of its name."""

STANDARD_LIBRARY_ONLY = frozenset({"bot.domain", "bot.errors", "bot"})

DATABASE = ("sqlmodel", "sqlalchemy", "alembic", "psycopg", "psycopg_pool", "sqlite3")
NETWORK = (
    "aiohttp.client", "aiohttp.ClientSession", "aiohttp.request", "http.client", "httpx", "imaplib", "imapclient",
    "requests", "slack_sdk", "smtplib", "urllib.request", "urllib3",
)  # fmt: skip
ENVIRONMENT = ("os.environ", "os.environb", "os.getenv", "os.getenvb", "os.putenv", "dotenv")
CLOCKS = (
    "time.time", "time.time_ns", "time.monotonic", "time.monotonic_ns", "time.localtime", "time.gmtime", "time.ctime",
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today",
)  # fmt: skip
BOLT = ("slack_bolt",)
HIDDEN_IMPORTS = ("importlib.import_module", "importlib.__import__", "__import__")

ONLY: tuple[tuple[tuple[str, ...], frozenset[str], str], ...] = (
    (DATABASE, frozenset({"bot.store", "bot.workspace"}), "the database is reached only in bot/store/"),
    (NETWORK, frozenset({"bot.outbound", "bot.workspace", "bot.cli", "bot.wiring"}), "only bot/outbound/ calls out"),
    (ENVIRONMENT, frozenset({"bot.config", "bot.workspace"}), "only bot/config/ looks at the environment"),
    (CLOCKS, frozenset({"bot.clock", "bot.workspace"}), "only bot/clock.py reads the time; take `now` as an argument"),
    (BOLT, frozenset({"handlers", "bot.web", "bot.wiring", "bot.cli"}), "only the edges know Bolt"),
    (HIDDEN_IMPORTS, frozenset({"bot.cli", "bot.wiring", "bot.doctor"}), "an import must be visible as one"),
)
"""Names, the parts that may use them, and why nobody else may."""


@dataclass(frozen=True, slots=True)
class Use:
    """One dotted name that a file uses, spelled in full whatever it was imported as."""

    name: str
    line: int
    imported: bool


def breaches(root: Path) -> list[str]:
    """Return every breach of the law under `root`/bot and `root`/handlers as a sentence with its place."""
    files = sorted(file for top in ("bot", "handlers") for file in (root / top).rglob("*.py"))
    return [sentence for file in files for sentence in _breaches_of(file, file.relative_to(root))]


def _breaches_of(file: Path, shown: Path) -> Iterator[str]:
    module = ".".join(shown.with_suffix("").parts).removesuffix(".__init__")
    part = part_of(module)
    if part is None:
        yield f"{shown}: this module has no place in the import law; give it one in tests/import_law.py"
        return
    package = module if shown.stem == "__init__" else module.rpartition(".")[0]
    for use in uses(ast.parse(file.read_text(encoding="utf-8"), str(shown)), package):
        why = _forbidden(part, use)
        if why:
            yield f"{shown}:{use.line}: {use.name}: {why}"


def part_of(module: str) -> str | None:
    """Return the part of the table that a module (or a name in it) belongs to, None when nobody gave it a place."""
    if module == "bot":
        return module
    found = [part for part in (*ALLOWED, *SIBLINGS) if part != "bot" and covers(part, module)]
    longest = max(found, key=len, default=None)
    return SIBLINGS.get(longest, longest) if longest else None


def covers(name: str, other: str) -> bool:
    """Tell whether `other` is `name` itself or lies below it."""
    return other == name or other.startswith(f"{name}.")


def _forbidden(part: str, use: Use) -> str | None:
    top = use.name.partition(".")[0]
    if use.imported and top in {"bot", "handlers"}:
        allowed, target = ALLOWED[part], part_of(use.name)
        if allowed == ANYTHING or target == part or any(covers(name, use.name) for name in allowed):
            return None
        return f"{part} may import {', '.join(sorted(allowed)) or 'nothing of ours'}"
    for names, parts, why in ONLY:
        if part not in parts and any(covers(name, use.name) for name in names):
            return why
    if use.imported and part in STANDARD_LIBRARY_ONLY and top not in sys.stdlib_module_names:
        return f"{part} uses the standard library alone"
    return None


def uses(tree: ast.Module, package: str) -> Iterator[Use]:
    """Find every import of a file (relative ones in full, nested ones too) and every dotted name that hangs on one."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                known[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
                yield Use(alias.name, node.lineno, imported=True)
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                known[alias.asname or alias.name] = f"{module}.{alias.name}"
                yield Use(f"{module}.{alias.name}", node.lineno, imported=True)
    for node in ast.walk(tree):
        name = _dotted(node)
        if name:
            first, dot, rest = name.partition(".")
            if first in known or name in HIDDEN_IMPORTS:
                yield Use(known.get(first, first) + dot + rest, node.lineno, imported=False)


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = _dotted(node.value)
        return f"{base}.{node.attr}" if base else ""
    return ""
