"""Calendar rules to JSON and back: what stands in a row of `calendar`, readable by a person."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from bot.domain.hours.calendar_rules import MIDNIGHT, CalendarRules, Holiday, Span, SpecialDay

_EMPTY: tuple[tuple[Span, ...], ...] = ((),) * 7


def to_json(rules: CalendarRules) -> dict[str, Any]:
    """Return rules as JSON; dates are ISO 8601, spells `HH:MM-HH:MM`, with 24:00 for the midnight at a day's end."""
    return {
        "tz": rules.tz,
        "week": [_spells(day) for day in rules.week],
        "days": [{"date": day.date.isoformat(), "spells": _spells(day.spells), "note": day.note} for day in rules.days],
        "holidays": [
            {"date": day.date.isoformat(), "name": day.name, "spells": _spells(day.spells)} for day in rules.holidays
        ],
        "country": rules.country,
        "region": rules.region,
        "confirmed": list(rules.confirmed),
        "within_team": rules.within_team,
    }


def from_json(facts: Mapping[str, Any]) -> CalendarRules:
    """Return the rules that `to_json` wrote; what an earlier version did not know yet is as if nobody had said it."""
    week = tuple(_parsed(day) for day in facts.get("week", ())) or _EMPTY
    return CalendarRules(
        tz=facts.get("tz"),
        week=week,
        days=tuple(
            SpecialDay(date.fromisoformat(day["date"]), _parsed(day["spells"]), day.get("note", ""))
            for day in facts.get("days", ())
        ),
        holidays=tuple(
            Holiday(date.fromisoformat(day["date"]), day["name"], _parsed(day.get("spells", ())))
            for day in facts.get("holidays", ())
        ),
        country=facts.get("country"),
        region=facts.get("region"),
        confirmed=tuple(facts.get("confirmed", ())),
        within_team=facts.get("within_team", True),
    )


def _spells(spells: Sequence[Span]) -> list[str]:
    return [f"{start:%H:%M}-{'24:00' if end == MIDNIGHT else format(end, '%H:%M')}" for start, end in spells]


def _parsed(spells: Sequence[str]) -> tuple[Span, ...]:
    return tuple((time.fromisoformat(start), _end(end)) for start, _, end in (s.partition("-") for s in spells))


def _end(text: str) -> time:
    return MIDNIGHT if text == "24:00" else time.fromisoformat(text)
