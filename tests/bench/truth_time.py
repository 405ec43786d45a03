"""Working time against the cases that other projects test theirs with: right, or why it differs.

A case names a schedule (zone, hours by weekday, hours of single dates, holidays, breaks), an operation, what goes in
and what came out there. Moments are UTC, amounts seconds. One that differs may carry the answer that is recommended.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from bot.domain.working_time import ALWAYS, Calendar, Hours, WorkingTime, without, working_time

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNITS = {"hour": timedelta(hours=1), "hours": timedelta(hours=1), "minutes": timedelta(minutes=1)}
TRUNCATED = "truncated-to-unit:"
NOT_ASKED = {
    "add_days": "Headsup counts working time, never business days: a promise is a moment or an amount of time.",
    "sub_days": "Headsup counts working time, never business days: a lead is an amount of time.",
}
"""Operations of others that Headsup has no use for."""

WHY = {
    "add": "The earliest end is given, here the close at which the amount is used up, not the opening after it.",
    "between": "Backwards the amount is negative, not nothing, so that parts always add up to the whole.",
    "is_open": "A spell is half-open: at its closing time there is no work any more.",
}
"""Where the recommended answer is not the source's, by operation."""


@dataclass(frozen=True)
class Schedule:
    """One schedule of the cases, and the parts of it that single operations ask about."""

    hours: WorkingTime
    breaks: WorkingTime
    holidays: WorkingTime


def schedule(facts: Mapping[str, Any]) -> Schedule:
    """Return the working time that a schedule means."""
    zone = ZoneInfo(facts["tz"])
    week = tuple(_spells(facts["week"].get(day, ())) for day in WEEKDAYS)
    overrides = tuple((date.fromisoformat(day), _spells(spells)) for day, spells in facts["dates"].items())
    holidays = frozenset(map(date.fromisoformat, facts["holidays"]))
    closed = [(_local(day, start, zone), _local(day, end, zone)) for day, start, end in facts["breaks"]]
    every_day = ((time(), time()),)
    return Schedule(
        hours=without(working_time(Calendar(facts["tz"], week, overrides, holidays)), closed, "breaks"),
        breaks=without(ALWAYS, closed, "breaks"),
        holidays=working_time(Calendar(facts["tz"], (every_day,) * 7, holidays=holidays)),
    )


def _spells(spells: list[list[str]]) -> Hours:
    return tuple((_wall(start), _wall(end)) for start, end in spells)


def _wall(text: str) -> time:
    return time() if text == "24:00" else time.fromisoformat(text)


def _local(day: str, wall: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(wall), zone).astimezone(UTC)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _after(hours: WorkingTime, t: datetime, count: int) -> list[tuple[datetime, datetime]]:
    found: list[tuple[datetime, datetime]] = []
    while len(found) < count:
        start = hours.next_opening(t)
        t = hours.closing(start)
        found.append((start, t))
    return found


def _before(hours: WorkingTime, t: datetime, count: int) -> list[tuple[datetime, datetime]]:
    found: list[tuple[datetime, datetime]] = []
    while len(found) < count:
        start, end = hours.last_spell_before(t)
        found.append((start, min(end, t)))
        t = start
    return found


def _transition(hours: WorkingTime, t: datetime) -> list[Any]:
    return [hours.closing(t), "close"] if hours.is_open(t) else [hours.next_opening(t), "open"]


ANSWERS: dict[str, Callable[[Schedule, Mapping[str, Any]], Any]] = {
    "add": lambda s, given: s.hours.add(_at(given["t"]), timedelta(seconds=given["seconds"])),
    "sub": lambda s, given: s.hours.subtract(_at(given["t"]), timedelta(seconds=given["seconds"])),
    "between": lambda s, given: s.hours.between(_at(given["a"]), _at(given["b"])),
    "is_open": lambda s, given: s.hours.is_open(_at(given["t"])),
    "next_open": lambda s, given: s.hours.next_opening(_at(given["t"])),
    "prev_close": lambda s, given: s.hours.previous_close(_at(given["t"])),
    "next_transition": lambda s, given: _transition(s.hours, _at(given["t"])),
    "open_between": lambda s, given: s.hours.spells(_at(given["a"]), _at(given["b"])),
    "periods_after": lambda s, given: _after(s.hours, _at(given["t"]), given["count"]),
    "periods_before": lambda s, given: _before(s.hours, _at(given["t"]), given["count"]),
    "on_break": lambda s, given: not s.breaks.is_open(_at(given["t"])),
    "on_holiday": lambda s, given: not s.holidays.is_open(_at(given["t"])),
}


def said(answer: Any, tags: list[str]) -> Any:
    """Return an answer as the cases write it: moments as text, amounts as seconds, cut where the source cuts them."""
    if isinstance(answer, datetime):
        return answer.isoformat(timespec="milliseconds").replace("+00:00", "Z").replace(".000Z", "Z")
    if isinstance(answer, list | tuple):
        return [said(part, tags) for part in answer]
    if not isinstance(answer, timedelta):
        return answer
    if "absolute" in tags:
        answer = abs(answer)
    for tag in tags:
        if tag.startswith(TRUNCATED):
            unit = UNITS[tag.removeprefix(TRUNCATED)]
            answer = int(answer / unit) * unit  # towards nothing
    seconds = answer.total_seconds()
    return int(seconds) if seconds.is_integer() else seconds


def score_working_time(console: Console, path: Path) -> None:
    """Print for each operation how many answers are right, and every other case with the reason."""
    cases = json.loads(path.read_text(encoding="utf-8"))
    schedules = [schedule(facts) for facts in cases["schedules"]]
    scores: Counter[tuple[str, str]] = Counter()
    notes: dict[str, list[str]] = {}
    for case in cases["vectors"]:
        verdict, note = _judged(schedules[case["sched"]], case)
        scores[case["op"], verdict] += 1
        if note:
            notes.setdefault(f"{verdict}, {case['op']}: {note}", []).append(case["id"].removeprefix("spec-cases-"))
    _show(console, scores, sum(scores.values()))
    for note, which in notes.items():
        console.print(f"{note} ({', '.join(which)})", highlight=False)


def _judged(found: Schedule, case: Mapping[str, Any]) -> tuple[str, str]:
    """Return right, recommended, not asked or differs, and a sentence unless it is right."""
    op, wanted = case["op"], case["out"]
    if op not in ANSWERS:
        return "not asked", NOT_ASKED.get(op, "Headsup has no such question.")
    answer = said(ANSWERS[op](found, case["in"]), case.get("tags", []))
    if "recommended" in case:
        if answer == case["recommended"]:
            return "recommended", f"{answer} instead of {wanted}. {WHY.get(op, '')}"
        return "differs", f"{answer} instead of the recommended {case['recommended']}"
    return ("right", "") if answer == wanted else ("differs", f"{answer} instead of {wanted}, of {case['in']}")


def _show(console: Console, scores: Counter[tuple[str, str]], total: int) -> None:
    verdicts = ("right", "recommended", "not asked", "differs")
    table = Table(title=f"working time: {total} cases")
    for heading in ("operation", *verdicts):
        table.add_column(heading, justify="left" if heading == "operation" else "right")
    for op in sorted({op for op, _ in scores}):
        table.add_row(op, *(str(scores[op, verdict]) for verdict in verdicts))
    table.add_row("all", *(str(sum(n for (_, v), n in scores.items() if v == verdict)) for verdict in verdicts))
    console.print(table)
