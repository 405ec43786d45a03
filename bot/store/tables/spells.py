"""Spells of time in one column."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import String, TypeDecorator


class Spells(TypeDecorator[tuple[tuple[datetime, datetime], ...]]):
    """Spells of time in order as ISO 8601 intervals ("start/end") between blanks; NULL is None, not no spells."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Sequence[tuple[datetime, datetime]] | None, dialect: Any) -> str | None:  # noqa: ARG002 - its base's signature
        """Write them."""
        return None if value is None else " ".join(f"{start.isoformat()}/{end.isoformat()}" for start, end in value)

    def process_result_value(self, value: str | None, dialect: Any) -> tuple[tuple[datetime, datetime], ...] | None:  # noqa: ARG002 - its base's signature
        """Read them."""
        if value is None:
            return None
        found = (spell.partition("/") for spell in value.split())
        return tuple((datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, _, end in found)
