"""Days and times in full, as templates show and mark them."""

from datetime import UTC, datetime

from bot.workspace.render import Reader


def full_moment(instant: float, reader: Reader) -> str:
    """A day and time in full: Monday, 23 November 2026 at 14:15."""
    moment = reader.local(instant)
    return f"{moment:%A}, {moment.day} {moment:%B %Y} at {reader.clock(instant)}"


def machine_moment(instant: float) -> str:
    """An instant for programs, in UTC."""
    return datetime.fromtimestamp(instant, UTC).isoformat(timespec="seconds")
