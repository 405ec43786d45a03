"""For whom something is shown: their zone, their clock, the names they see, and how wide their terminal is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from rich.cells import cell_len

_ANSI: Final = re.compile(r"\x1b\[[0-9;]*m")
_PLAIN: Final = "\x1b[0m"
_CODES: Final = {"bold": "1", "dim": "2", "italic": "3", "underline": "4", "strike": "9"}


@dataclass(frozen=True)
class Reader:
    """One person in front of one terminal.

    `tz` is an IANA name, `now` a Unix time, `people` and `channels` names by id, `twelve_hours` their clock's habit,
    `user` their own id; `ansi` allows terminal styles (bold, dim), without it the text is plain.
    """

    tz: str
    now: float
    people: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    twelve_hours: bool = False
    user: str = ""
    width: int = 88
    ansi: bool = False

    def local(self, instant: float) -> datetime:
        """A Unix time in the reader's zone."""
        return datetime.fromtimestamp(instant, UTC).astimezone(ZoneInfo(self.tz))

    def clock(self, instant: float, *, seconds: bool = False) -> str:
        """The time of day as the reader's clock shows it: 15:00 or 3:00 PM."""
        moment = self.local(instant)
        tail = f":{moment:%S}" if seconds else ""
        if self.twelve_hours:
            return f"{moment.hour % 12 or 12}:{moment:%M}{tail} {moment:%p}"
        return f"{moment:%H:%M}{tail}"

    def person(self, user: str) -> str:
        """A person's name, or the id when nobody knows them."""
        return self.people.get(user, user)

    def channel(self, channel: str) -> str:
        """A channel's name, or the id when it is not known."""
        return self.channels.get(channel, channel)

    def style(self, text: str, *styles: str) -> str:
        """Text in terminal styles (bold, dim, italic, underline, strike); unchanged in plain text."""
        codes = [_CODES[style] for style in styles if style in _CODES]
        return f"\x1b[{';'.join(codes)}m{text}{_PLAIN}" if self.ansi and codes and text else text


def has_twelve_hours(locale: str, tz: str) -> bool:
    """Whether somebody with these settings reads 3:00 PM rather than 15:00: en-US is Slack's usual locale elsewhere."""
    return locale == "en-US" and tz.startswith("America/")


def columns(text: str) -> int:
    """How many terminal columns a text takes; styles take none, wide characters two."""
    return cell_len(_ANSI.sub("", text))


def pad(text: str, width: int) -> str:
    """The text with spaces up to this width."""
    return text + " " * max(0, width - columns(text))


def wrap(text: str, width: int, *, first: str = "", rest: str | None = None) -> list[str]:
    """Lines of at most this width, each line of the text on its own; `first` and `rest` stand before them.

    Words stay whole; only what is wider than a line by itself runs over. A style ends with its line and goes on in the
    next one, so that nothing that is put around the lines takes part in it.
    """
    rest = first if rest is None else rest
    lines: list[str] = []
    style = ""
    for paragraph in text.split("\n"):
        line, empty = (rest if lines else first) + style, True
        for word in paragraph.split(" "):
            if not empty and columns(line) + 1 + columns(word) > width:
                style = _open_style(line)
                lines.append(_ended(line))
                line, empty = rest + style, True
            line += word if empty else f" {word}"
            empty = False
        style = _open_style(line)
        lines.append(_ended(line))
    return lines


def _open_style(line: str) -> str:
    """The codes of the styles that a line leaves open."""
    return "".join(_ANSI.findall(line.rpartition(_PLAIN)[2]))


def _ended(line: str) -> str:
    return line.rstrip() + (_PLAIN if _open_style(line) else "")
