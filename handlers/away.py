"""Away and back: by command, by the window behind it, and what is asked back before an absence is entered."""

from datetime import UTC, datetime
from functools import partial

from bot.blocks.away.away import build_away, build_away_view
from bot.blocks.away.away_form import build_away_form
from bot.blocks.away.away_questions import build_asked_view, build_long, build_long_view, build_taken
from bot.blocks.away.back import build_back
from bot.blocks.ids import Action, Field, Window, decode
from bot.blocks.pieces import Post, View
from bot.domain.away.absences import Source
from bot.domain.away.away import AwayShown
from bot.domain.commands.slash_commands import Command
from bot.errors import FieldError
from bot.services.away import absences, entering
from bot.services.context import Do
from handlers.ports import Now, Screens
from handlers.pressing import Presses
from handlers.reading import OldButtonError, Press, Surface

Entered = AwayShown | Post
"""An absence as it was entered; else what is asked back."""


async def away_asked(press: Press, command: Command, *, do: Do, read: Do, now: Now) -> Post | View:
    """Enter what was typed, or return the window that asks; what is at that time already is offered."""
    if not command.text and not command.cover:
        form = await read(absences.away_form, actor=press.actor, member=command.member)
        return build_away_form(form, now=now())
    try:
        shown = await do(
            entering.say_away, actor=press.actor, when=command.text, member=command.member, cover=command.cover
        )
    except (entering.TakenError, entering.LongAbsenceError) as asked:
        return _asked_back(asked)
    return build_away(shown, now=now())


async def back_asked(press: Press, *, do: Do, now: Now) -> Post:
    """End what runs."""
    return build_back(await do(absences.come_back, actor=press.actor), now=now())


async def away_submitted(press: Press, *, do: Do) -> AwayShown | View:
    """Enter what the window holds; what cannot be is said at its field, what is hardly meant is asked about."""
    starts_at, ends_at = press.instant(Field.FROM), press.instant(Field.UNTIL)
    if starts_at is None:
        raise FieldError(Field.FROM, "From when are you away?")
    if ends_at is None:
        raise FieldError(Field.UNTIL, "Until when? Without an end nobody knows whom to turn to.")
    note = press.words(Field.NOTE)
    try:
        shown: AwayShown = await do(
            entering.enter_absence,
            actor=press.actor,
            starts_at=starts_at,
            ends_at=ends_at,
            member=press.fact("member"),
            stand_in=press.words(Field.STAND_IN) or None,
            reason=note,
        )
    except entering.LongAbsenceError as long:
        cover = long.stand_in or ""
        return build_long_view(long.sentence, long.spell, member=long.member, cover=cover, note=note)
    return shown


async def enter_pressed(press: Press, *, do: Do, instead: bool) -> Entered:
    """Enter what was asked about: it is meant. With `instead` it takes the place of the one that there is."""
    try:
        shown: AwayShown = await do(
            entering.enter_absence,
            actor=press.actor,
            starts_at=_instant(press, "from"),
            ends_at=_instant(press, "until"),
            member=press.fact("member"),
            stand_in=press.fact("cover") or None,
            reason=_note(press),
            source=Source.HOME if press.surface is Surface.WINDOW else Source.SLASH,
            instead_of=press.number("absence") if instead else None,
            meant=True,
        )
    except entering.TakenError as taken:
        return _asked_back(taken)
    return shown


def _asked_back(asked: entering.TakenError | entering.LongAbsenceError) -> Post:
    cover = asked.stand_in or ""
    if isinstance(asked, entering.LongAbsenceError):
        return build_long(asked.sentence, asked.spell, member=asked.member, cover=cover)
    return build_taken(asked.sentence, asked.absence, asked.spell, member=asked.absence.member, cover=cover)


def _instant(press: Press, name: str) -> datetime:
    try:
        return datetime.fromtimestamp(press.number(name), UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise OldButtonError from error


def _note(press: Press) -> str:
    """Return the note that the window keeps for what it asks about."""
    kept = str((press.body.get("view") or {}).get("private_metadata") or "")
    try:
        return decode(kept).get("note", "")
    except ValueError:
        return ""


async def entered_then(press: Press, entered: Entered, *, screens: Screens, now: Now) -> None:
    """Show what came of it where it was asked."""
    if press.surface is Surface.WINDOW:
        await screens.update(press.view_id, _as_window(entered, now=now))
    elif press.response_url:
        post = build_away(entered, now=now()) if isinstance(entered, AwayShown) else entered
        await screens.respond(press.response_url, post["text"], post["blocks"], replace=True)


def _as_window(entered: Entered, *, now: Now) -> View:
    return build_away_view(entered, now=now()) if isinstance(entered, AwayShown) else build_asked_view(entered)


def _submitted_then(entered: AwayShown | View, *, now: Now) -> View:
    return build_away_view(entered, now=now()) if isinstance(entered, AwayShown) else entered


def register(presses: Presses, *, do: Do, screens: Screens, now: Now) -> None:
    """Listen for the window, and for the answers to what was asked back."""
    presses.on_submission(Window.AWAY, partial(away_submitted, do=do), answer=partial(_submitted_then, now=now))
    then = partial(entered_then, screens=screens, now=now)
    presses.on_action(Action.AWAY_REPLACE, partial(enter_pressed, do=do, instead=True), then)
    presses.on_action(Action.AWAY_MEANT, partial(enter_pressed, do=do, instead=False), then)
