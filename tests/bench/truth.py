"""`make truth`: score the rules against cases that other projects wrote. Prints scores, asserts nothing.

The folder is the first argument, else the environment's TRUTH, else ../shared/truth. What is not there is skipped.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.domain.categories import CATEGORIES
from bot.suggest.categories import TextContext, categorise
from tests.bench.truth_time import score_working_time

DEFAULT = Path("../shared/truth")
LABELS = tuple(row.key for row in CATEGORIES)


def f1_by_label(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Return F1 of each label that occurs, of pairs (true, guessed)."""
    true, guessed = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    right = Counter(pair[0] for pair in pairs if pair[0] == pair[1])
    return {label: 2 * right[label] / (true[label] + guessed[label]) for label in LABELS if true[label]}


def macro(scores: Iterable[float]) -> float:
    """Return the mean, 0 of nothing."""
    values = tuple(scores)
    return sum(values) / len(values) if values else 0.0


def score_categories(console: Console, path: Path) -> None:
    """Print macro-F1 and accuracy over the six categories, for all rows and for the English ones."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    ranked = [(row, categorise(row["text"], TextContext(language=row["lang"]))) for row in rows]
    table = Table(title=f"categories: {len(rows)} messages, macro-F1")
    for heading in ("rows", "count", "macro-F1", "right", "in the first two", *LABELS):
        table.add_column(heading, justify="left" if heading == "rows" else "right")
    for name, chosen in (
        ("all", ranked),
        ("English", [pair for pair in ranked if pair[0]["lang"] == "en"]),
        ("other languages", [pair for pair in ranked if pair[0]["lang"] != "en"]),
    ):
        scores = f1_by_label([(row["label"], guess[0].category) for row, guess in chosen])
        first = sum(row["label"] == guess[0].category for row, guess in chosen)
        two = sum(row["label"] in {guess[0].category, guess[1].category} for row, guess in chosen)
        count = max(1, len(chosen))
        cells = [f"{macro(scores.values()):.2f}", f"{first / count:.2f}", f"{two / count:.2f}"]
        table.add_row(name, str(len(chosen)), *cells, *(f"{scores.get(label, 0.0):.2f}" for label in LABELS))
    console.print(table)


def main(arguments: Sequence[str]) -> int:
    """Score what the folder holds; a missing folder is said in a sentence and is no failure."""
    console = Console(width=150)
    folder = Path(arguments[0] if arguments else os.environ.get("TRUTH") or DEFAULT)
    if not folder.is_dir():
        console.print(f"There is no folder {folder}: nothing was scored. Name one with “make truth TRUTH=DIR”.")
        return 0
    for what, score, path in (
        ("categories", score_categories, folder / "categories" / "dev.jsonl"),
        ("working time", score_working_time, folder / "business-time" / "spec-cases.json"),
    ):
        if path.is_file():
            score(console, path)
        else:
            console.print(f"There is no {path}: {what} was not scored.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
