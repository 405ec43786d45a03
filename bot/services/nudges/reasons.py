"""Why a nudge comes to this reader, and why now: facts that go with it into the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bot.domain.ladder.early import Missing
from bot.domain.ladder.ladders import Pause, RungKind, pause_before
from bot.domain.ladder.reaching import CHANNEL, Person, Reach, Why, ready_at
from bot.domain.requests import Request
from bot.domain.snapshots.nudge import NudgeItem
from bot.services.hours.reaching import Crew
from bot.store import Tx, nudges
from bot.store.outbox import Row

_EARLY = ("closes_at", "opens_at", "missing")
_OF_ITS_MOMENT = {*_EARLY, "back_at"}


def facts_of(
    crew: Crew | None, people: tuple[Person, ...], request: Request, to: Reach, due_at: datetime
) -> dict[str, Any]:
    """Return what a nudge's row keeps: when it is due, why this one hears and whose it is, and why so early."""
    facts: dict[str, Any] = {"due_at": due_at.isoformat(), "why": str(to.why)}
    if request.owner:
        facts["of"] = request.owner
    reader = next((person for person in people if person.id == to.recipient), None)
    facts |= _early(pause_of(crew, reader, to.at, due_at) if reader else None)
    if to.why in {Why.AWAY, Why.NOT_NOW} and people and people[0].id == request.owner:
        back = ready_at(people[0], to.at)
        if back is not None and back > to.at:
            facts["back_at"] = back.isoformat()
    return facts


def lasting(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a row's facts holds for whoever else gets the same nudge later."""
    return {name: value for name, value in facts.items() if name not in _OF_ITS_MOMENT}


def pause_of(crew: Crew | None, reader: Person, at: datetime, due_at: datetime) -> Pause | None:
    """Return why something comes to its reader so early; None when they go on working until it is due."""
    if pause_before(at, due_at, reader.hours) is None:
        return None
    return pause_before(at, due_at, reader.hours, crew.usual(reader.id) if crew else None)


def _early(pause: Pause | None) -> dict[str, Any]:
    if pause is None:
        return {}
    facts: dict[str, Any] = {"closes_at": pause.closes.isoformat(), "opens_at": pause.opens.isoformat()}
    found = pause.missing
    if found is not None:
        day = found.day.isoformat() if found.day else None
        facts["missing"] = {"at": found.at.isoformat(), "day": day, "off": found.off}
    return facts


@dataclass(frozen=True, slots=True)
class Early:
    """Why a nudge came so early, as its row keeps it; nothing when there was no need to say."""

    closes_at: datetime | None = None
    opens_at: datetime | None = None
    missing: Missing | None = None


def early(facts: Mapping[str, Any]) -> Early:
    """Return what a row's facts say about why it comes so early."""
    if "closes_at" not in facts:
        return Early()
    opens, found = facts.get("opens_at"), facts.get("missing")
    return Early(
        datetime.fromisoformat(str(facts["closes_at"])),
        datetime.fromisoformat(str(opens)) if opens else None,
        _missing(found) if found else None,
    )


def _missing(facts: Mapping[str, Any]) -> Missing:
    day = date.fromisoformat(facts["day"]) if facts["day"] else None
    return Missing(datetime.fromisoformat(facts["at"]), day, facts["off"])


def as_of_now(tx: Tx, crew: Crew, row: Row, item: NudgeItem, now: datetime) -> NudgeItem:
    """Return a nudge that nobody has seen yet with the reason that holds now, and keep that with its row.

    It was planned some moments ago, or for a later one: since then a time away may have been entered or taken back.
    """
    if item.rung is not RungKind.BEFORE or item.promise is None or row.recipient == CHANNEL:
        return item
    facts = _early(pause_of(crew, crew.person(row.recipient), now, item.promise.due_at))
    if facts == {name: row.payload[name] for name in _EARLY if name in row.payload}:
        return item
    rest = {name: value for name, value in row.payload.items() if name not in _EARLY}
    nudges.keep_facts(tx, row.id, {**rest, **facts})
    said = early(facts)
    return replace(item, closes_at=said.closes_at, opens_at=said.opens_at, missing=said.missing)
