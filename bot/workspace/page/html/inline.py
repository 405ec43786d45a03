"""What stands inside a line: links, mentions, dates, emoji. Nothing of a payload becomes markup here."""

import re
from typing import Final

from markupsafe import Markup, escape

from bot.workspace.page.html.emoji import with_emoji
from bot.workspace.render import Reader
from bot.workspace.render.dates import show_date

_SAFE: Final = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f\x7f]+", re.IGNORECASE)
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_PART: Final = 50_000
"""Characters looked at in one go: a regular expression lets no other thread run until it is through."""

BROADCASTS: Final = ("here", "channel", "everyone")


def fit(html: Markup) -> Markup:
    """The same without control characters and half surrogates, which neither HTML nor UTF-8 can carry."""
    parts = (html[start : start + _PART] for start in range(0, len(html), _PART))
    return Markup("".join(_UNFIT.sub("\ufffd", part) for part in parts))  # noqa: S704 (takes characters away, adds no markup)


def safe_address(url: str) -> str:
    """An address that may stand in a link: http, https and mailto; empty for every other."""
    address = url.strip()
    return address if _SAFE.fullmatch(address) else ""


def words_html(text: str, *, emoji: bool = True) -> Markup:
    """Words with their line breaks, emoji codes replaced."""
    return Markup("<br>").join(escape(line) for line in (with_emoji(text) if emoji else text).split("\n"))


def link_html(url: str, label: Markup | str = "") -> Markup:
    """A link that opens beside the page; an address that is no link is shown as words."""
    address = safe_address(url)
    words = label or url.removeprefix("mailto:")
    if not address:
        return Markup("{} ({})").format(label, url) if label and label != url else escape(url)
    return Markup('<a class="bk-link" href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(
        address, words
    )


def mention_html(user: str, reader: Reader, label: str = "") -> Markup:
    """A person's name; one's own stands out."""
    mine = " is-me" if user and user == reader.user else ""
    name = reader.people.get(user) or label.removeprefix("@") or user
    return Markup('<span class="bk-mention{}" data-user="{}">@{}</span>').format(mine, user, name)


def channel_html(channel: str, reader: Reader, label: str = "") -> Markup:
    """A channel's name."""
    name = reader.channels.get(channel) or label or channel
    return Markup('<span class="bk-mention is-channel" data-room="{}">#{}</span>').format(channel, name)


def group_html(name: str) -> Markup:
    """A group of people, or everybody who is there."""
    everybody = " is-me" if name in BROADCASTS else ""
    return Markup('<span class="bk-mention{}">@{}</span>').format(everybody, name.removeprefix("@"))


def time_html(instant: float, template: str, reader: Reader, *, fallback: str = "", url: str = "") -> Markup:
    """A date token in the reader's zone; its title is the full local date with the zone."""
    words = with_emoji(show_date(instant, template, reader, fallback))
    try:
        moment = reader.local(instant)
    except (ValueError, OverflowError, OSError):
        return escape(words)
    title = f"{moment:%A}, {moment:%B} {moment.day}, {moment.year} at {reader.clock(instant)} ({reader.tz})"
    shown = Markup('<time datetime="{}" title="{}">{}</time>').format(moment.isoformat(), title, words)
    return link_html(url, shown) if safe_address(url) else shown
