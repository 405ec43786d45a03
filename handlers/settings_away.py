"""Settings of what makes a Slack status an absence."""

from functools import partial

from bot.blocks.ids import Action, Field, Window
from bot.blocks.pieces import View
from bot.blocks.settings.settings_away import build_signs_form, build_signs_saved
from bot.domain.hours.settings import AwaySigns
from bot.domain.hours.settings_signs import read_emoji, read_words
from bot.services.context import Do
from bot.services.settings import settings_shown, settings_signs
from handlers.ports import Screens
from handlers.pressing import Presses
from handlers.reading import Press, started_with
from handlers.settings import Answered, next_view, refresh_then, view_then


async def signs_pressed(press: Press, *, read: Do) -> View:
    """Build the form with the words and emoji that hold."""
    shown = await read(settings_shown.settings_of, actor=press.actor)
    return build_signs_form(shown.away, root=press.view_id)


async def signs_submitted(press: Press, *, do: Do) -> Answered:
    """Save them; the form's own beginnings say what this person added and took away."""
    began = started_with(press.body.get("view") or {})
    was = AwaySigns(words=read_words(began[Field.AWAY_WORDS]), emoji=read_emoji(began[Field.AWAY_EMOJI]))
    shown, changed = await do(
        settings_signs.change_signs,
        actor=press.actor,
        was=was,
        words=press.words(Field.AWAY_WORDS),
        emoji=press.words(Field.AWAY_EMOJI),
    )
    return build_signs_saved(shown.away, changed=changed), shown


def register(presses: Presses, *, do: Do, read: Do, screens: Screens) -> None:
    """Listen for it."""
    presses.on_action(Action.AWAY_SIGNS, partial(signs_pressed, read=read), partial(view_then, screens=screens))
    presses.on_submission(
        Window.AWAY_SIGNS,
        partial(signs_submitted, do=do),
        answer=next_view,
        then=partial(refresh_then, screens=screens),
    )
