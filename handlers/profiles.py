"""Clients' profiles, and which channel belongs to whom."""

from functools import partial

from bot.blocks.ids import Action, Field, Window
from bot.blocks.notice import build_notice, build_notice_view
from bot.blocks.pieces import View
from bot.blocks.windows.profile import build_link_form, build_profile_form, build_profile_saved
from bot.domain.people import ClientProfile, LinkedChannel
from bot.services.arriving import linking
from bot.services.context import Do
from bot.services.requests import profiles
from handlers.ports import Screens
from handlers.pressing import Presses
from handlers.reading import Press
from handlers.telling import check_member, say, show_window


async def profile_pressed(press: Press, *, read: Do) -> ClientProfile:
    """Read a client's profile."""
    await check_member(press, read=read)
    return await read(profiles.profile_of, client=press.number("client"))


async def profile_then(press: Press, profile: ClientProfile, *, screens: Screens) -> None:
    """Open it to be changed."""
    await show_window(press, build_profile_form(profile), screens=screens)


async def profile_submitted(press: Press, *, do: Do) -> ClientProfile:
    """Save it; that also confirms that this client exists."""
    return await do(
        profiles.update_profile,
        actor=press.actor,
        client=press.number("client"),
        name=press.words(Field.NAME),
        language=press.words(Field.LANGUAGE),
        tz=press.words(Field.TZ),
        tone=press.words(Field.TONE),
        notes=press.words(Field.NOTES),
        first_answer=press.words(Field.FIRST_ANSWER),
        next_answer=press.words(Field.NEXT_ANSWER),
    )


async def link_pressed(press: Press, *, read: Do) -> tuple[str, str]:
    """Return the channel that is to be linked, and its name."""
    await check_member(press, read=read)
    return press.fact("channel"), press.fact("name")


async def link_then(press: Press, found: tuple[str, str], *, screens: Screens) -> None:
    """Ask whose it is."""
    await show_window(press, build_link_form(*found), screens=screens)


async def link_submitted(press: Press, *, do: Do) -> ClientProfile:
    """Link the channel: from now on what clients write there becomes a request."""
    return await do(
        linking.link_channel,
        actor=press.actor,
        channel=press.fact("channel"),
        name=press.fact("name"),
        client_name=press.words(Field.NAME),
    )


async def unlink_pressed(press: Press, *, do: Do) -> LinkedChannel:
    """Forget whose channel it is."""
    return await do(linking.unlink_channel, actor=press.actor, channel=press.fact("channel"))


async def unlink_then(press: Press, link: LinkedChannel, *, screens: Screens) -> None:
    """Say what that means."""
    words = f"#{link.name} is unlinked. Its requests stay; what is written there from now on is left alone."
    await say(press, build_notice(words), screens=screens)


def linked_view(profile: ClientProfile) -> View:
    """Return what the link form becomes."""
    return build_notice_view(
        f"This channel belongs to {profile.client.name} now. What they write there becomes a request, if I am in it: "
        "type /invite @Headsup there.",
        title="Linked",
    )


def register(presses: Presses, *, do: Do, read: Do, screens: Screens) -> None:
    """Listen for profiles and links."""
    presses.on_action(Action.PROFILE, partial(profile_pressed, read=read), partial(profile_then, screens=screens))
    presses.on_action(Action.LINK_CHANNEL, partial(link_pressed, read=read), partial(link_then, screens=screens))
    presses.on_action(Action.UNLINK_CHANNEL, partial(unlink_pressed, do=do), partial(unlink_then, screens=screens))
    presses.on_submission(Window.PROFILE, partial(profile_submitted, do=do), answer=build_profile_saved)
    presses.on_submission(Window.LINK_CHANNEL, partial(link_submitted, do=do), answer=linked_view)
