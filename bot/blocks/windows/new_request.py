"""The form for a request that came by phone, in the hallway, or in a message that somebody points at."""

from collections.abc import Sequence
from typing import Final

from bot.blocks.ids import Field, Window
from bot.blocks.languages import LANGUAGES
from bot.blocks.limits import LIMITS
from bot.blocks.pieces import Block, View, ask, context, grouped_select, modal, option, select, text_field
from bot.blocks.windows.pointed import is_too_long, word_blocks
from bot.blocks.words import mrkdwn, one_line
from bot.domain.categories import CATEGORIES
from bot.domain.people import Client

GUESS: Final = "guess"
"""The value of "you guess", for category and language."""

_NAME: Final = 80
"""Characters of a client's name; what is longer is no name, and Slack shows no more in a menu."""


def build_new_request_form(
    *, clients: Sequence[Client] = (), text: str = "", client: int | None = None, contact: str = "", metadata: str = ""
) -> View:
    """Return the form, filled with what is known already; `client` is the one that it is probably about."""
    categories = [option("Let Headsup guess", GUESS)]
    categories += [option(f"{row.emoji} {row.name}", row.key, row.description) for row in CATEGORIES]
    languages = [option("As in their profile", GUESS)]
    languages += [option(name, code) for code, name in LANGUAGES.items()]
    return modal(
        Window.NEW_REQUEST,
        "New client request",
        [
            *_client(clients, client),
            ask(Field.CONTACT, "Who asked?", text_field(contact, most=100), optional=True),
            *_words(text),
            ask(Field.CATEGORY, "Category", select(Field.CATEGORY, categories, chosen=GUESS)),
            ask(Field.LANGUAGE, "Language", select(Field.LANGUAGE, languages, chosen=GUESS)),
        ],
        metadata=metadata,
        submit="Create",
        close="Cancel",
    )


def _words(text: str) -> list[Block]:
    """Return the input for the words; what is too long for one is shown as it will be taken."""
    if is_too_long(text):
        return [context(mrkdwn("What they ask for, taken whole:")), *word_blocks(text)]
    placeholder = "In their own words, as far as you remember them"
    return [ask(Field.TEXT, "What do they ask for?", text_field(text, multiline=True, placeholder=placeholder))]


def _client(clients: Sequence[Client], chosen: int | None) -> list[Block]:
    """Return the known clients to search by typing, and a field for one that nobody has entered yet."""
    if not clients:
        return [ask(Field.NAME, "Client", text_field(most=_NAME), hint="Their name; it makes a new client.")]
    menu = grouped_select(Field.CLIENT, _groups(clients), chosen=str(chosen))
    return [
        ask(Field.CLIENT, "Client", menu, optional=True),
        ask(
            Field.NAME,
            "… or a new client",
            text_field(most=_NAME),
            hint="A name that is known already, however it is written, is taken for that client.",
            optional=True,
        ),
    ]


def _groups(clients: Sequence[Client]) -> list[tuple[str, list[Block]]]:
    """Return the clients by name, 100 to a group: as many as a menu holds."""
    known = sorted(clients, key=lambda client: client.name.casefold())[: LIMITS["select.options"] ** 2]
    parts = [known[at : at + LIMITS["select.options"]] for at in range(0, len(known), LIMITS["select.options"])]
    return [(_span(part), [option(one_line(entry.name, 70), str(entry.id)) for entry in part]) for part in parts]


def _span(part: Sequence[Client]) -> str:
    first, last = one_line(part[0].name, 30), one_line(part[-1].name, 30)
    return first if first == last else f"{first} to {last}"
