"""The client's profile: how they want to be treated. And whose channel this is."""

from datetime import timedelta

from bot.blocks import phrases
from bot.blocks.ids import Action, Field, Window, encode
from bot.blocks.languages import LANGUAGES
from bot.blocks.pieces import (
    Block,
    Post,
    View,
    actions,
    ask,
    button,
    confirm,
    context,
    grouped_select,
    header,
    modal,
    option,
    plain_section,
    select,
    text_field,
)
from bot.blocks.words import escape, fallback, is_blank, one_line, plain
from bot.blocks.zones import zone_groups
from bot.domain.people import Client, ClientProfile
from bot.domain.spans import span_text, span_words

_NOTHING = "Nothing noted yet"
_AIM = 10
"""Characters of an aim: "336h" is one."""


def build_profile_form(profile: ClientProfile) -> View:
    """Return the form; saving it also confirms that this client exists."""
    client = profile.client
    languages = [option(name, code) for code, name in LANGUAGES.items()]
    if client.language not in LANGUAGES and not is_blank(client.language):
        languages.append(option(client.language, client.language))
    zones = [(label, [option(zone, zone) for zone in group]) for label, group in zone_groups(client.tz)]
    return modal(
        Window.PROFILE,
        "Client profile",
        [
            ask(Field.NAME, "Name", text_field(client.name, most=80)),
            ask(Field.LANGUAGE, "Language", select(Field.LANGUAGE, languages, chosen=client.language)),
            ask(
                Field.TZ,
                "Time zone",
                grouped_select(Field.TZ, zones, chosen=client.tz),
                hint="Times in what they read are theirs.",
            ),
            ask(
                Field.TONE,
                "Tone",
                text_field(client.tone, most=200, placeholder="First names, short, no exclamation marks"),
                optional=True,
            ),
            ask(
                Field.NOTES,
                "What matters to them, what never to do",
                text_field(client.notes, multiline=True, most=2_000),
                optional=True,
            ),
            ask(
                Field.FIRST_ANSWER,
                "First answer within",
                text_field(_aim(client.first_answer), most=_AIM, placeholder="As for everybody"),
                hint="Our own aim, in our working time: 30m, 2h, 1d. They are not told it.",
                optional=True,
            ),
            ask(
                Field.NEXT_ANSWER,
                "Next answers within",
                text_field(_aim(client.next_answer), most=_AIM, placeholder="As for everybody"),
                optional=True,
            ),
            context(plain(_known(profile))),
        ],
        metadata=encode(client=client.id),
        submit="Save",
        close="Cancel",
    )


def _aim(span: timedelta | None) -> str:
    return "" if span is None else span_text(span)


def _aims(client: Client) -> str:
    """Return the aims that were agreed for this client, as one line; empty when they are as for everybody."""
    first = f"first answer within {span_words(client.first_answer)}" if client.first_answer else ""
    following = f"next answers within {span_words(client.next_answer)}" if client.next_answer else ""
    aims = " · ".join(filter(None, [first, following]))
    return f"Our own aims: {aims}" if aims else ""


def _known(profile: ClientProfile) -> str:
    channels = ", ".join(f"#{one_line(channel.name, 40)}" for channel in profile.channels[:5]) or "no channel"
    people = ", ".join(one_line(contact.name or contact.email or "", 40) for contact in profile.contacts[:8])
    return (
        f"{channels} · {people or 'nobody known yet'} · {profile.open_requests} open, {profile.total_requests} in all"
    )


def build_profile(profile: ClientProfile, *, channel: str | None = None) -> Post:
    """Return the profile as a message; in a linked channel also the way to unlink it."""
    client = profile.client
    facts = [
        f"Language: {LANGUAGES.get(client.language, client.language)} · Time zone: {client.tz}",
        f"Tone: {one_line(client.tone, 200) or _NOTHING}",
        f"Notes: {client.notes if not is_blank(client.notes) else _NOTHING}",
        *filter(None, [_aims(client)]),
    ]
    blocks: list[Block] = [header(phrases.client_name(client))]
    blocks += [] if client.confirmed else [context(plain("✨ New: nobody has confirmed this client yet"))]
    blocks += [plain_section("\n".join(facts)), context(plain(_known(profile)))]
    linked = channel is not None and any(entry.id == channel for entry in profile.channels)
    unlink = button(
        "Unlink this channel",
        Action.UNLINK_CHANNEL,
        encode(channel=channel or ""),
        confirm=confirm(
            "Unlink this channel?", "What is written here no longer becomes a request. Nothing is deleted.", "Unlink"
        ),
    )
    edit = button("Edit profile", Action.PROFILE, encode(client=client.id), style="primary")
    blocks += actions(edit, unlink if linked else None)
    spoken = [phrases.client_name(client), *facts, _known(profile)]
    return Post(text=fallback(escape(entry) for entry in spoken), blocks=blocks)


def build_unlinked(channel: str, name: str) -> Post:
    """Return the offer to link this channel to a client."""
    words = "This channel belongs to no client yet. Once it is linked, what a client writes here becomes a request."
    press = button("Link to a client", Action.LINK_CHANNEL, encode(channel=channel, name=one_line(name, 60)))
    return Post(text=words, blocks=[plain_section(words), *actions({**press, "style": "primary"})])


def build_link_form(channel: str, name: str, *, client_name: str = "") -> View:
    """Return the form that asks whose channel this is."""
    return modal(
        Window.LINK_CHANNEL,
        "Link this channel",
        [
            ask(
                Field.NAME,
                "Whose channel is it?",
                text_field(client_name or _guess(name), most=80),
                hint="A client you know already is found by its name; another name makes a new client.",
            ),
        ],
        metadata=encode(channel=channel, name=one_line(name, 60)),
        submit="Link",
        close="Cancel",
    )


def _guess(channel_name: str) -> str:
    """Return the client's name as the channel's name suggests it: "client-acme-shared" is Acme."""
    drop = {"client", "clients", "shared", "ext", "external", "customer", "with", "support"}
    words = [word for word in one_line(channel_name, 60).replace("_", "-").split("-") if word not in drop]
    return " ".join(words).title()


def build_profile_saved(profile: ClientProfile) -> View:
    """Return what the form becomes when it was saved."""
    words = f"{phrases.client_name(profile.client)} is saved."
    return modal(Window.NOTICE, "Saved", [plain_section(words)])
