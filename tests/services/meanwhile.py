"""A client who goes on writing while our words are on their way."""

from datetime import datetime

from bot.domain.incoming import ChannelMessage
from bot.domain.replies import Reply
from bot.domain.targets import TargetKind
from bot.services.arriving import listening
from bot.services.outbox import beginning, delivering, recording
from bot.services.replies import deciding
from tests.services.aims import at
from tests.support.office import ACME_CHANNEL, MIRA, TEAM, Office, acting

ROOT = "1795420700.000001"
AGAIN = "It is still broken on my phone, can you look again?"


async def asked(office: Office) -> int:
    """Return a request that Carla wrote a minute ago, on a Monday morning."""
    at(office, "2026-11-30 10:00")
    await office.link_acme()
    found = await office.said("The shop is down.", ts=ROOT)
    assert found
    office.later(minutes=1)
    return found.request


async def writes(office: Office, text: str = AGAIN) -> datetime:
    """Let Carla write in the thread; return when."""
    await office.said(text, thread=ROOT)
    return office.now


async def waits(office: Office, request: int) -> datetime | None:
    """Return since when the client waits, having seen that the aim agrees with it."""
    card = await office.card(request)
    since = card.request.waiting_since
    if since is not None:
        assert card.target is not None
        assert (card.target.kind, card.target.start_at) == (TargetKind.NEXT_ANSWER, since)
    return since


async def says_late(office: Office, said_at: datetime) -> None:
    """Let us read only now what Mira wrote in the thread at an earlier instant."""
    said = ChannelMessage(
        channel=ACME_CHANNEL,
        ts=f"{said_at.timestamp():.0f}.777777",
        text="It is up again.",
        user=MIRA.id,
        at=said_at,
        team=TEAM,
        name="",
        thread=ROOT,
    )
    await office.desk.do(listening.channel_message, said=said, raw=b"late")


async def is_lost(office: Office, reply: int) -> None:
    """Let a reply leave whose answer is lost on the way: nobody knows whether it arrived."""
    office.later(seconds=11)
    rows = await office.desk.do(delivering._lease, token="tests", most=20)
    row = next(row for row in rows if row.kind == "reply" and row.subject == reply)
    await office.desk.do(beginning.begin, row=row)
    await office.desk.do(recording.unsure, row=row, look_again_in=None)


async def arrived(office: Office, reply: int) -> Reply:
    """Let Mira find a lost reply in the client's channel."""
    return await office.desk.do(deciding.mark_arrived, actor=acting(MIRA), reply=reply)
