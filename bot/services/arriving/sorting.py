"""A first guess about a message: category with its reasons, heat, the ask, and whether it is only a thank-you."""

from dataclasses import dataclass

from bot.domain.incoming import IncomingMessage
from bot.domain.people import Client
from bot.store import Tx, requests
from bot.suggest.ask import ask_of, is_thanks_only
from bot.suggest.categories import TextContext, categorise
from bot.suggest.heat import heat_of


@dataclass(frozen=True, slots=True)
class Sorted:
    """What was guessed; a person can overrule the category with one press."""

    category: str
    reasons: tuple[str, ...]
    heat: int
    ask: str
    thanks_only: bool


def sort_message(
    tx: Tx, incoming: IncomingMessage, client: Client, *, in_thread: bool, request: int | None = None
) -> Sorted:
    """Guess what a message is about. A category that came with it (a form's choice) is no guess and has no reasons."""
    context = TextContext(
        subject=incoming.subject,
        language=incoming.language or client.language,
        open_requests=requests.count_live(tx, client.id, but=request),
        in_thread=in_thread,
    )
    first = categorise(incoming.text, context)[0]
    return Sorted(
        category=incoming.category or first.category,
        reasons=() if incoming.category else first.reasons,
        heat=heat_of(incoming.text),
        ask=ask_of(incoming.text, context.language),
        thanks_only=is_thanks_only(incoming.text),
    )
