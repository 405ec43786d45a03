"""The form for a request that came by phone, in the hallway, or in a message that somebody points at."""

from collections.abc import Sequence
from typing import Final

from bot.blocks.ids import Field, Window, encode
from bot.blocks.languages import LANGUAGES
from bot.blocks.limits import width
from bot.blocks.pieces import Block, View, ask, modal, option, select, text_field
from bot.blocks.words import clean, is_blank, one_line, plain
from bot.domain.categories import CATEGORIES
from bot.domain.people import Client

GUESS: Final = "guess"
"""The value of "you guess", for category and language."""

_NAME: Final = 70
"""Characters of a client's name; what is longer is no name, and Slack shows no more in a menu."""


def build_new_request_form(
    *, text: str = "", client: Client | None = None, contact: str = "", metadata: str = ""
) -> View:
    """Return the form, filled with what is known already."""
    categories = [option("Let Headsup guess", GUESS)]
    categories += [option(f"{row.emoji} {row.name}", row.key, row.description) for row in CATEGORIES]
    languages = [option("As in their profile", GUESS)]
    languages += [option(name, code) for code, name in LANGUAGES.items()]
    return modal(
        Window.NEW_REQUEST,
        "New client request",
        [
            ask(
                Field.CLIENT,
                "Client",
                _client(client),
                hint="Type a name. One that nobody used before makes a new client.",
            ),
            ask(Field.CONTACT, "Who asked?", text_field(contact, most=100), optional=True),
            ask(
                Field.TEXT,
                "What do they ask for?",
                text_field(text, multiline=True, placeholder="In their own words, as far as you remember them"),
            ),
            ask(Field.CATEGORY, "Category", select(Field.CATEGORY, categories, chosen=GUESS)),
            ask(Field.LANGUAGE, "Language", select(Field.LANGUAGE, languages, chosen=GUESS)),
        ],
        metadata=metadata,
        submit="Create",
        close="Cancel",
    )


def _client(client: Client | None) -> Block:
    made: Block = {
        "type": "external_select",
        "min_query_length": 0,
        "placeholder": plain("Type the client's name"),
    }
    return {**made, "initial_option": _known(client)} if client else made


def client_options(found: Sequence[Client], typed: str) -> list[Block]:
    """Return the menu for what was typed: known clients first, then the name as a new one."""
    options = [_known(client) for client in found[:99]]
    name = one_line(clean(typed), _NAME)
    if is_blank(name) or any(client.name.casefold() == name.casefold() for client in found):
        return options
    return [*options, option(f"New client: {name}", _named(name))]


def _known(client: Client) -> Block:
    name = one_line(client.name, _NAME)
    return option(name, encode(client=client.id))


def _named(name: str) -> str:
    while True:
        try:
            return encode(name=name)
        except ValueError:
            name = name[: -max(1, width(name) // 10)]
