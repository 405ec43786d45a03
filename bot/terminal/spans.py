"""Lengths of time in words."""

from datetime import timedelta


def span(length: timedelta) -> str:
    """Return a length in words, never rounded up: “45 min”, “2 h”, “2 h 30 min”, “40 s”."""
    seconds = length // timedelta(seconds=1)
    if seconds % 60 and seconds < 3600:  # noqa: PLR2004 - an hour
        return f"{seconds // 60} min {seconds % 60} s" if seconds >= 60 else f"{seconds} s"  # noqa: PLR2004 - a minute
    hours, minutes = divmod(seconds // 60, 60)
    parts = (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "")
    return " ".join(part for part in parts if part) or "no time"
