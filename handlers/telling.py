"""A sentence for the one who pressed, wherever they are."""

import structlog

from bot.blocks.notice import build_notice, build_notice_view
from bot.blocks.pieces import Post, View
from bot.domain.people import Member
from bot.errors import HeadsupError, NotAMemberError
from bot.services import people
from bot.services.context import Do
from handlers.ports import Screens
from handlers.reading import Press, Surface

log = structlog.get_logger(__name__)

MET = "We had not met yet, now we have. Please press that once more."
STRANGER = "Only members of the team can do this: people in the team channel, guests aside. Join it, then press again."
GUEST = (
    "You are a guest here. Guests can read along, but only full members of the workspace can act on requests. "
    "Please ask a colleague to do it for you."
)


async def check_member(press: Press, *, read: Do) -> Member:
    """Return the member who pressed, for what no service checks; refuses everybody else."""
    found = await read(people.member, user=press.actor.user)
    if found is None or not found.active:
        raise NotAMemberError(user=press.actor.user)
    return found


async def show_window(press: Press, view: View, *, screens: Screens) -> None:
    """Open a window; from inside a window it goes on top."""
    if press.surface is Surface.WINDOW:
        await screens.push(press.trigger_id, view)
    else:
        await screens.open(press.trigger_id, view)


async def say(press: Press, post: Post, *, screens: Screens) -> None:
    """Tell one person: in the channel where they are, else in a small window."""
    if press.channel and press.thread:
        await screens.whisper(press.channel, press.actor.user, post["text"], post["blocks"], thread=press.thread)
    elif press.response_url:
        await screens.respond(press.response_url, post["text"], post["blocks"])
    elif press.channel:
        await screens.whisper(press.channel, press.actor.user, post["text"], post["blocks"])
    elif press.trigger_id:
        await show_window(press, build_notice_view(post["text"]), screens=screens)


async def explain(press: Press, refusal: HeadsupError, *, do: Do, screens: Screens) -> None:
    """Say why a press did nothing. An unknown person is looked up first: perhaps they joined a moment ago."""
    sentence = refusal.sentence
    if isinstance(refusal, NotAMemberError):
        user = press.actor.user
        sentence = MET if await meet(user, do=do, screens=screens) else await why_not(user, screens=screens)
    await say(press, build_notice(sentence), screens=screens)


async def why_not(user: str, *, screens: Screens) -> str:
    """Say why somebody who is no member cannot act, and what they can do: a guest need not join what they are in."""
    found = await screens.person_of(user)
    return GUEST if found is not None and found.guest else STRANGER


async def meet(user: str, *, do: Do, screens: Screens) -> Member | None:
    """Look a person up at Slack and remember them when they are a member of the team; None when they are not."""
    found = await screens.lookup(user)
    if found is not None:
        await do(people.member_joined, member=found)
    return found


async def try_say(press: Press, sentence: str, *, screens: Screens) -> None:
    """Tell one person if Slack lets us; nothing hangs on it."""
    try:
        await say(press, build_notice(sentence), screens=screens)
    except HeadsupError as error:
        log.warning("A person could not be told.", action="whisper", error=type(error).__name__)
