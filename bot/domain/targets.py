"""A target: an internal aim by policy. The client was not told it, and it never mixes with a promise."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TargetKind(StrEnum):
    """`first_answer`: a person answers a new request; `next_word`: somebody says when the client will hear again."""

    FIRST_ANSWER = "first_answer"
    NEXT_WORD = "next_word"


class TargetOutcome(StrEnum):
    """How a target stands."""

    OPEN = "open"
    MET = "met"
    MISSED = "missed"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Target:
    """One internal aim of one request; it has one rung, at `next_at`."""

    id: int
    request: int
    kind: TargetKind
    due_at: datetime
    revision: int
    outcome: TargetOutcome
    next_at: datetime | None
