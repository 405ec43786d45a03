"""Settings of days: the public holidays of a year, to be looked through, and special days."""

from datetime import date
from functools import partial

from bot.blocks.ids import DAYS, Action, Field, Window
from bot.blocks.pieces import View
from bot.blocks.settings.settings_days import OPEN, build_holidays, build_special_days
from bot.blocks.settings.settings_saved import build_team_saved, overtaken_words, removed_words
from bot.blocks.settings.settings_words import holidays_words, special_words
from bot.domain.hours.settings import Saved, YearForm
from bot.services.context import Do
from bot.services.settings import settings_days, settings_shown
from handlers.ports import Screens
from handlers.pressing import Presses
from handlers.reading import OldButtonError, Press
from handlers.settings import Answered, next_view, refresh_then, view_then


async def holidays_pressed(press: Press, *, read: Do) -> View:
    """Build the list of this year, or of the year that the button names."""
    year = press.number("year") if "year" in press.facts else None
    found = await read(settings_shown.holidays_of, actor=press.actor, year=year)
    return build_holidays(found, root=press.view_id)


async def year_chosen(press: Press, *, read: Do) -> View:
    """Build the list of another year."""
    found = await read(settings_shown.holidays_of, actor=press.actor, year=press.number("year"))
    return build_holidays(found, root=press.fact("root"))


async def update_then(press: Press, view: View, *, screens: Screens) -> None:
    """Show it in place of the window in which something was pressed."""
    await screens.update(press.view_id, view)


async def holidays_submitted(press: Press, *, do: Do, read: Do) -> Answered:
    """Save which days are off; that also says that somebody has looked through the year."""
    year = press.number("year")
    was = YearForm(frozenset(press.fact("kept").split()), press.fact("half_days"))
    wanted = YearForm(frozenset(press.choices(*DAYS)), press.words(Field.HALF_DAYS))
    result = await do(settings_days.change_holidays, actor=press.actor, year=year, was=was, wanted=wanted)
    if isinstance(result, Saved):
        return build_team_saved(result), result.shown
    found = await read(settings_shown.holidays_of, actor=press.actor, year=year)
    note = overtaken_words(result, holds=holidays_words(result.shown))
    return build_holidays(found, root=press.fact("root"), note=note, typed=wanted), None


async def special_pressed(press: Press, *, read: Do) -> View:
    """Build the form of a special day, with those to come."""
    shown = await read(settings_shown.settings_of, actor=press.actor)
    return build_special_days(shown.team, shown.today, root=press.view_id)


async def special_submitted(press: Press, *, do: Do) -> Answered:
    """Save a special day."""
    typed = press.words(Field.DATE)
    result = await do(
        settings_days.add_special_day,
        actor=press.actor,
        day=date.fromisoformat(typed) if typed else None,
        is_open=press.words(Field.OPENING) == OPEN,
        hours=press.words(Field.OPEN_HOURS),
        note=press.words(Field.NOTE),
        version=press.number("version"),
    )
    if isinstance(result, Saved):
        return build_team_saved(result), result.shown
    shown = result.shown
    note = overtaken_words(result, holds=special_words(shown.team.team, shown.today))
    return build_special_days(shown.team, shown.today, root=press.fact("root"), note=note), None


async def day_removed(press: Press, *, do: Do) -> Answered:
    """Let a special day be like any other again."""
    try:
        day = date.fromisoformat(press.fact("date"))
    except ValueError as error:
        raise OldButtonError from error
    result = await do(settings_days.remove_special_day, actor=press.actor, day=day)
    shown = result.shown
    note = removed_words(day, shown.today)
    return build_special_days(shown.team, shown.today, root=press.fact("root"), done=note), shown


async def removed_then(press: Press, answered: Answered, *, screens: Screens) -> None:
    """Show it in the same window, and below."""
    await screens.update(press.view_id, next_view(answered))
    await refresh_then(press, answered, screens=screens)


def register(presses: Presses, *, do: Do, read: Do, screens: Screens) -> None:
    """Listen for holidays and special days."""
    opened = partial(view_then, screens=screens)
    refreshed = partial(refresh_then, screens=screens)
    for action in (Action.HOLIDAYS, Action.CONFIRM_HOLIDAYS):
        presses.on_action(action, partial(holidays_pressed, read=read), opened)
    presses.on_action(Action.HOLIDAY_YEAR, partial(year_chosen, read=read), partial(update_then, screens=screens))
    presses.on_action(Action.SPECIAL_DAYS, partial(special_pressed, read=read), opened)
    presses.on_action(Action.REMOVE_DAY, partial(day_removed, do=do), partial(removed_then, screens=screens))
    presses.on_submission(
        Window.HOLIDAYS, partial(holidays_submitted, do=do, read=read), answer=next_view, then=refreshed
    )
    presses.on_submission(Window.SPECIAL_DAYS, partial(special_submitted, do=do), answer=next_view, then=refreshed)
