"""More: everything else that can be done with a request, and the two small forms behind it."""

from typing import Final

from bot.blocks import phrases
from bot.blocks.ids import Field, MoreVerb, Window, encode
from bot.blocks.limits import LIMITS
from bot.blocks.pieces import Block, View, ask, context, modal, option, radio, section, select
from bot.blocks.words import one_line, plain
from bot.domain.requests import CLOSED, State
from bot.domain.snapshots.card import Card

_OFFERS: Final = {
    MoreVerb.HAND_OVER: ("Hand over", "Somebody else takes it, with all that is known"),
    MoreVerb.RELEASE: ("Release", "Back to the team: anybody may claim it"),
    MoreVerb.RESUME: ("Back to work", "The wait is over"),
    MoreVerb.WAIT_CLIENT: ("Wait for the client", "They have the next word; our aims pause, what we promised holds"),
    MoreVerb.WAIT_SUPPLIER: ("Wait for a supplier", "What we promised the client holds meanwhile"),
    MoreVerb.PARK: ("Park until …", "Agreed to be later; it comes back by itself"),
    MoreVerb.CLOSE: ("Done", "Nothing is left to do or to say"),
    MoreVerb.NOT_A_REQUEST: ("Not a request", "It asks for nothing; no clock runs"),
    MoreVerb.REOPEN: ("Reopen", "There is more to do after all"),
    MoreVerb.PROFILE: ("Client profile", "Name, language, time zone, what matters to them"),
}
_WAITS: Final = {State.WAITING_CLIENT: MoreVerb.WAIT_CLIENT, State.WAITING_SUPPLIER: MoreVerb.WAIT_SUPPLIER}


def offers(card: Card) -> tuple[MoreVerb, ...]:
    """Return what can be done with the request as it stands."""
    state = card.request.state
    if state in CLOSED:
        return (MoreVerb.REOPEN, MoreVerb.PROFILE)
    paused = state in {State.WAITING_CLIENT, State.WAITING_SUPPLIER, State.PARKED}
    left_out = {
        MoreVerb.REOPEN,
        *([] if card.owner else [MoreVerb.RELEASE]),
        *([] if paused else [MoreVerb.RESUME]),
        *([_WAITS[state]] if state in _WAITS else []),
    }
    return tuple(verb for verb in MoreVerb if verb not in left_out)


def build_more(card: Card) -> View:
    """Return the window that offers it: one choice, then done (or one more form)."""
    options = [option(*_offer(verb)) for verb in offers(card)]
    return modal(
        Window.MORE,
        f"More · {phrases.number(card.request)}",
        [
            context(plain(phrases.title(card.request, card.client))),
            ask(Field.VERB, "What should happen?", radio(Field.VERB, options)),
        ],
        metadata=encode(request=card.request.id, client=card.client.id, **_hands(card)),
        submit="Continue",
        close="Cancel",
    )


def _hands(card: Card) -> dict[str, str | int]:
    """Return in whose hands the request is while the window is open: what is chosen there is meant for those."""
    return {"owner": card.hands.owner or "", "change": card.hands.change} if card.hands else {}


def _offer(verb: MoreVerb) -> tuple[str, str, str]:
    label, description = _OFFERS[verb]
    return label, verb, description


def build_hand_over(card: Card, *, to: str | None = None) -> View:
    """Return the form that asks who takes the request; `to` is chosen to begin with."""
    others = [member for member in card.members if member.active and (card.owner is None or member.id != card.owner.id)]
    metadata = encode(request=card.request.id, **_hands(card))
    title = f"Hand over {phrases.number(card.request)}"
    if not others:
        words = section("Nobody else is in the team channel yet. Invite a colleague there, then hand over.")
        return modal(Window.NOTICE, title, [words], metadata=metadata)
    return modal(
        Window.HAND_OVER,
        title,
        [
            context(plain(phrases.title(card.request, card.client))),
            ask(Field.TO, "Who takes it?", _people([(member.id, member.name) for member in others], to)),
            context(plain("They get a message with what was asked, said and promised.")),
        ],
        metadata=metadata,
        submit="Hand over",
        close="Cancel",
    )


def _people(others: list[tuple[str, str]], chosen: str | None) -> Block:
    if len(others) > LIMITS["select.options"]:
        menu = {"type": "users_select", "placeholder": plain("Choose a colleague")}
        return {**menu, "initial_user": chosen} if chosen else menu
    names = [name for _, name in others]
    options = [
        option(one_line(name, 60) + (f" ({ident})" if names.count(name) > 1 else ""), ident) for ident, name in others
    ]
    return select(Field.TO, options, chosen=chosen, placeholder="Choose a colleague")
