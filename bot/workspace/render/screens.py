"""Whole surfaces: a message, a channel with its threads, a modal, a Home tab."""

from collections.abc import Iterable
from typing import Any, Final

from bot.workspace.render.blocks import show_blocks
from bot.workspace.render.dates import day_of
from bot.workspace.render.reader import Reader, columns, pad, wrap
from bot.workspace.render.sheet import Sheet
from bot.workspace.render.words import show_text

JSON = dict[str, Any]
_MARGIN: Final = "  "
_THREAD: Final = "   ╰ "
_IN_THREAD: Final = "     "


def render_message(message: JSON, reader: Reader) -> str:
    """One message: who, when in the reader's zone, what it says; `state.values` of the message fill its menus."""
    return "\n".join(_message(message, reader, reader.width))


def render_channel(title: str, messages: Iterable[JSON], reader: Reader, *, numbered: bool = False) -> str:
    """A conversation, oldest first, days divided, replies under their message, private words marked as such.

    `numbered` puts 1, 2 … before messages and 2.1, 2.2 … before replies, the names under which they can be picked.
    """
    lines = [reader.style(title, "bold"), reader.style("─" * min(reader.width, max(columns(title), 40)), "dim")]
    roots, replies = threads(messages)
    if not roots:
        lines.append(reader.style("Nothing here yet.", "dim"))
    day = ""
    for number, message in enumerate(roots, start=1):
        this_day = day_of(_instant(message), reader)
        if this_day != day:
            lines += ["", reader.style(f"── {this_day} ──", "dim")]
            day = this_day
        lines += ["", *_message(message, reader, reader.width, f"{number}" if numbered else "")]
        for second, reply in enumerate(replies.get(str(message.get("ts")), []), start=1):
            inner = _message(reply, reader, reader.width - len(_THREAD), f"{number}.{second}" if numbered else "")
            lines += [f"{_IN_THREAD if index else _THREAD}{line}".rstrip() for index, line in enumerate(inner)]
    return "\n".join(lines)


def render_modal(view: JSON, reader: Reader, errors: JSON | None = None, *, banner: str = "") -> str:
    """A modal in a frame; `errors` by block_id stand at their fields, `banner` is what Slack says at its top."""
    width = min(reader.width, 80) - 4
    sheet = Sheet(reader, width, _values(view), errors or {})
    body = [*wrap(banner, width, first="⚠ ", rest="  "), ""] if banner else []
    body += show_blocks(view.get("blocks", []), sheet)
    buttons = [f"[ {show_text(view[name], reader)} ]" for name in ("close", "submit") if view.get(name)]
    body += ["", " ".join(buttons or ["[ Close ]"])]
    title = show_text(view.get("title"), reader)
    top = f"╭─ {reader.style(title, 'bold')} "
    top += "─" * max(0, width + 3 - columns(top)) + "╮"
    rows = [f"│ {pad(line, width)} │" for line in body]
    return "\n".join([top, *rows, "╰" + "─" * (width + 2) + "╯"])


def render_home(view: JSON | None, reader: Reader, app: str = "Headsup") -> str:
    """The app's Home tab."""
    title = f"{app} · Home"
    lines = [reader.style(title, "bold"), reader.style("─" * 40, "dim"), ""]
    if not view or not view.get("blocks"):
        return "\n".join([*lines, reader.style("This Home tab has not been published yet.", "dim")])
    return "\n".join(lines + show_blocks(view["blocks"], Sheet(reader, reader.width, _values(view))))


def _values(thing: JSON) -> JSON:
    values = (thing.get("state") or {}).get("values") or {}
    return values if isinstance(values, dict) else {}


def _instant(message: JSON) -> float:
    return float(message.get("ts") or 0)


def threads(messages: Iterable[JSON]) -> tuple[list[JSON], dict[str, list[JSON]]]:
    """Messages that stand in the channel, and replies by the ts of their parent; a lost parent shows its replies."""
    everything = sorted(messages, key=_instant)
    known = {str(message.get("ts")) for message in everything}
    roots: list[JSON] = []
    replies: dict[str, list[JSON]] = {}
    for message in everything:
        parent = str(message.get("thread_ts") or message.get("ts"))
        if parent != str(message.get("ts")) and parent in known:
            replies.setdefault(parent, []).append(message)
        else:
            roots.append(message)
    return roots, replies


def _message(message: JSON, reader: Reader, width: int, number: str = "") -> list[str]:
    mark = reader.style(f"{number}  ", "dim") if number else ""
    return [mark + _head(message, reader), *(f"{_MARGIN}{line}".rstrip() for line in _body(message, reader, width - 2))]


def _head(message: JSON, reader: Reader) -> str:
    profile = message.get("bot_profile") or {}
    name = message.get("username") or reader.people.get(str(message.get("user"))) or profile.get("name") or "?"
    marks = " APP" if message.get("bot_id") or profile else ""
    head = f"{reader.style(str(name), 'bold')}{marks}  {reader.style(reader.clock(_instant(message)), 'dim')}"
    if message.get("edited"):
        head += reader.style(" (edited)", "dim")
    if message.get("is_ephemeral"):
        audience = str(message.get("audience") or reader.user)
        whom = "you" if audience == reader.user else reader.person(audience)
        head += f"  {reader.style(f'Only visible to {whom}', 'dim')}"
    return head


def _body(message: JSON, reader: Reader, width: int) -> list[str]:
    if message.get("subtype") == "tombstone":
        return [reader.style("This message was deleted.", "dim")]
    sheet = Sheet(reader, width, _values(message))
    lines = show_blocks(message.get("blocks") or [], sheet)
    if not lines:
        lines = wrap(show_text(str(message.get("text") or ""), reader), width)
    for attachment in message.get("attachments") or []:
        shown = show_blocks(attachment.get("blocks") or [], sheet)
        fallback = show_text(str(attachment.get("text") or attachment.get("fallback") or ""), reader)
        lines += [f"▎ {line}" for line in shown or wrap(fallback, width - 2)]
    lines += [f"(file: {file.get('name', '?')})" for file in message.get("files") or []]
    return lines
