"""Task cards and plans (docs: /reference/block-kit/blocks/task-card-block and plan-block)."""

from collections.abc import Iterator
from typing import Any, Final

from bot.workspace.blockkit.rich_text import RICH_TEXT
from bot.workspace.blockkit.schema import Check, Fault, Spot, array, enum, link, only_on, record, string
from bot.workspace.blockkit.tables import Parts


def _one_part(value: Any, spot: Spot) -> Iterator[Fault]:
    faults = list(RICH_TEXT(value, spot))
    yield from faults
    if not faults and len(value["elements"]) > 1:
        yield spot.at("elements").pointer, "no more than 1 items allowed"


_SOURCE = record({"type": enum("url"), "url": link("button.url"), "text": string()})
_REQUIRED: Final[dict[str, Check]] = {
    "task_id": string(),
    "title": string(),
    "status": enum("pending", "in_progress", "complete", "error"),
}
_OPTIONAL: Final[dict[str, Check]] = {"details": _one_part, "output": _one_part, "sources": array(_SOURCE)}


def _task_ids_differ(block: Any, spot: Spot) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, task in enumerate(block.get("tasks", [])):
        if task["task_id"] in seen:
            yield spot.at("tasks").at(index).at("task_id").pointer, f"task_id {task['task_id']} already exists"
        seen.add(task["task_id"])


TASK_CARD: Final[Parts] = (_REQUIRED, _OPTIONAL, only_on({"message"}, "task_card"))

PLAN: Final[Parts] = (
    {"title": string()},
    {
        "tasks": array(
            record(_REQUIRED, {**_OPTIONAL, "type": enum("task_card"), "block_id": string("block.block_id")}),
            least=0,
            most="plan.tasks",
        )
    },
    only_on({"message"}, "plan"),
    _task_ids_differ,
)
