"""Times that an English text tells the client: "by 3 pm", "you will have it on Friday". Read simply and exactly.

Only what is certainly a time told as ours is read: a false alarm costs more trust than a miss.
"""

import re
from dataclasses import dataclass
from itertools import chain

from bot.suggest.lexicon import compiled
from bot.suggest.sentences import sentences
from bot.suggest.told import NOON, Clock, Edge, Mention

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in _MONTHS)
_PART = re.compile(
    rf"""\b(?:
    (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH})\b
    | (?P<month_first>{_MONTH})\s(?P<day_last>[0-9]{{1,2}})(?:st|nd|rd|th)?\b(?!:)
    | (?P<hour>[0-9]{{1,2}})(?:[:.](?P<minute>[0-5][0-9]))?\s?(?P<half>[ap])\.?m\b
    | (?P<hour24>[0-2]?[0-9]):(?P<minute24>[0-5][0-9])\b(?![:.]?[0-9])
    | (?:12(?::00)?\s)?(?:(?P<noon>noon)|(?P<midnight>midnight))\b
    | (?P<edge>end|start|beginning)\sof\b(?=\s(?:today|tomorrow|[0-9]|(?:{"|".join(_DAYS)}|{_MONTH})\b))
    | (?P<weekday>{"|".join(_DAYS)})\b
    | (?P<near>today|tonight|tomorrow)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_BETWEEN = re.compile(r"\.?[\s,]*(?:(?:at|on|by|around|about|the|this)\s)*(?:[0-9]{4}\b[\s,]*)?", re.IGNORECASE)
_ZONE = re.compile(r"\.?\s*\(?(?P<zone>[^\W\d][^(),.]{0,40}? time|(?:UTC|GMT)(?:[+\u2212-][0-9:]{1,5})?|[A-Z]{2,4}T)\b")
_OR = re.compile(r"\s*(?:or|to|and|-|–)\s")


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile(compiled(phrases).pattern, re.IGNORECASE)


_LATEST = _any("(by|no later than|not later than|at the latest by|at the latest on)( around| about| the| this)?")
_PROMISED = _any(
    "(i|we|you|it|that|this|everything)('ll| will| shall)", "(i'm|i am|we're|we are) going to", "(i|we) promise"
)
_TOLD = re.compile(
    _any(
        "you('ll| will| shall) _ (have|hear|get|receive)",
        "(i|we)('ll| will| shall) (call|write|send|answer|reply|deliver|get back|be back|let you know|report)",
    ).pattern
    + r"[^.;:?!]{0,60}?\b(?:(?:on|at)\s|(?=(?:today|tomorrow|tonight)\b))",
    re.IGNORECASE,
)
_THEIRS = _any(
    *("you (asked|need|needed|want|wanted|said|wrote|told|would|could|can|send|sent|have to|must)", "told you"),
    *("if", "once", "unless", "when", "until", "as soon as", "provided", "after", "instead of", "rather than", "not"),
    *(
        "originally",
        "last",
        "was due",
        "were due",
        "(i|we) said",
        "had",
        "would have",
        "was",
        "were",
        "won't",
        "cannot",
    ),
)
"""A clause with these speaks of the client's own time, of a condition, of what is past or will not be."""

_CLAUSE = re.compile(
    r";|\sbut\s|,?\s(?:and|then|so)\s(?=(?:you|we|i|it|they)\b)|,\s(?=(?:you|we|i|it|they|if|once)\b)", re.IGNORECASE
)


def told_times(text: str) -> tuple[Mention, ...]:
    """Return the times that the text tells the client as ours, in order. Questions and conditions tell nothing."""
    told = [part.text.replace("\u2019", "'") for part in sentences(text)]
    clauses = (_CLAUSE.split(sentence) for sentence in told if not sentence.rstrip("\"'”)! ").endswith("?"))
    return tuple(chain.from_iterable(_told_in(clause) for clause in chain.from_iterable(clauses)))


def names_a_time(text: str) -> bool:
    """Tell whether any day or time of day stands in the text at all."""
    return bool(_PART.search(text))


def _told_in(clause: str) -> list[Mention]:
    starts = {found.end() for found in _TOLD.finditer(clause)}
    if _PROMISED.search(clause):
        starts |= {found.end() for found in _LATEST.finditer(clause)}
    if not starts or _THEIRS.search(clause):
        return []
    told: list[Mention] = []
    read_to = 0
    for start in sorted(starts):
        if start < read_to:
            continue
        mention, read_to = _mention(clause, start)
        told += [mention] if mention else []
    return told


def _mention(clause: str, start: int) -> tuple[Mention | None, int]:
    """Read the parts of one time that stand side by side from `start` on, and say where they end.

    None for no time, and for a choice of two.
    """
    facts = _Facts()
    start += len(clause[start:]) - len(clause[start:].lstrip())
    position = end = start
    while (found := _PART.match(clause, position)) and facts.take(found):
        end = found.end()
        gap = _BETWEEN.match(clause, end)
        position = gap.end() if gap else end
    if end == start or _OR.match(clause, end):
        return None, end
    zone = _ZONE.match(clause, end)
    mention = Mention(
        words=clause[start:end],
        clock=facts.clock,
        weekday=facts.weekday,
        days_ahead=facts.days_ahead,
        day_month=facts.day_month,
        zone=zone["zone"] if zone else "",
        midnight=facts.midnight,
        edge=facts.edge,
    )
    return mention, end


@dataclass(slots=True)
class _Facts:
    clock: Clock | None = None
    weekday: int | None = None
    days_ahead: int | None = None
    day_month: tuple[int, int] | None = None
    midnight: bool = False
    edge: Edge | None = None

    def take(self, found: re.Match[str]) -> bool:
        """Add what one part says; false when it says nothing, or the same kind of thing a second time."""
        if (weekday := found["weekday"]) and self.weekday is None:
            self.weekday = _DAYS.index(weekday.lower())
        elif (near := found["near"]) and self.days_ahead is None:
            self.days_ahead = int(near.lower() == "tomorrow")
        elif (month := found["month"] or found["month_first"]) and self.day_month is None:
            number = next(index for index, name in enumerate(_MONTHS, 1) if name.startswith(month.lower()))
            self.day_month = (int(found["day"] or found["day_last"]), number)
        elif (edge := found["edge"]) and self.midnight and self.edge is None:
            self.edge = Edge.END if edge.lower() == "end" else Edge.START
        elif (clock := _clock_of(found)) and self.clock is None:
            self.clock, self.midnight = clock, bool(found["midnight"])
        else:
            return False
        return True


def _clock_of(found: re.Match[str]) -> Clock | None:
    """Return the time of day in a match; None for a number that is none, such as 13 pm or 29:30."""
    if found["noon"] or found["midnight"]:
        return Clock(NOON if found["noon"] else 0, 0)
    if half := found["half"]:
        hour = int(found["hour"])
        return Clock(hour % NOON + NOON * (half in "pP"), int(found["minute"] or 0)) if 1 <= hour <= NOON else None
    if (hours := found["hour24"]) and int(hours) < 2 * NOON:
        return Clock(int(hours), int(found["minute24"]), sure=int(hours) > NOON or hours.startswith("0"))
    return None
