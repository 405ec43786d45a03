"""The form behind every wait: why, a word of ours, and when somebody looks again."""

from datetime import datetime
from typing import Final

from bot.blocks import phrases
from bot.blocks.ids import Field, Window, encode
from bot.blocks.pieces import View, ask, context, modal, option, select, text_field, time_field
from bot.blocks.words import plain
from bot.domain.pauses import LONGEST_NOTE, REASONS
from bot.domain.requests import State
from bot.domain.snapshots.card import Card

_TITLES: Final = {State.WAITING_CLIENT: "Wait", State.WAITING_SUPPLIER: "Wait", State.PARKED: "Park"}
_DAYS: Final = {
    State.WAITING_CLIENT: (
        "Look again",
        "Then you are asked how it goes on. A word of theirs ends the wait before. What we promised holds meanwhile.",
    ),
    State.WAITING_SUPPLIER: (
        "Look again",
        "Then you are asked how it goes on. What we promised the client holds meanwhile.",
    ),
    State.PARKED: ("Until when?", "In your own zone. Then it is back among the open ones. Promises stay as they are."),
}


def build_wait(card: Card, state: State, *, until: datetime) -> View:
    """Return the form of one of the states that wait; a request that is in it already shows what was chosen."""
    request = card.request
    same = request.state is state
    reasons = [option(phrases.capital(reason.words), reason.key) for reason in REASONS[state]]
    chosen = request.pause_reason if same and request.pause_reason else REASONS[state][0].key
    label, hint = _DAYS[state]
    return modal(
        Window.WAIT,
        f"{_TITLES[state]} {phrases.number(request)}",
        [
            context(plain(phrases.title(request, card.client))),
            ask(Field.REASON, "For what?", select(Field.REASON, reasons, chosen=chosen)),
            ask(
                Field.NOTE,
                "In our own words",
                text_field(request.pause_note if same else "", most=LONGEST_NOTE, placeholder="The logo as a vector"),
                hint="Only the team reads it.",
                optional=True,
            ),
            ask(Field.UNTIL, label, time_field((request.parked_until if same else None) or until), hint=hint),
        ],
        metadata=encode(request=request.id, state=state),
        submit=_TITLES[state],
        close="Cancel",
    )
