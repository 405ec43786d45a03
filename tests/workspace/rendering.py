"""A reader in Helsinki on a Monday afternoon, and how pictures of what they see are written down."""

from datetime import UTC, datetime
from textwrap import dedent
from typing import Any

from bot.workspace.render import Reader

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC).timestamp()  # a Monday, 14:00 in Helsinki
MIRA = Reader(
    tz="Europe/Helsinki",
    now=NOW,
    people={"U1": "Mira Lahtinen", "U2": "Carla Reyes", "UB": "Headsup"},
    channels={"C1": "requests"},
    width=60,
)


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def picture(text: str) -> str:
    return dedent(text).strip("\n")
