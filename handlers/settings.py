"""Settings: what holds, and the windows in which it is changed. Every refusal stands at its field."""

from dataclasses import replace
from functools import partial
from typing import TypeAlias

from bot.blocks.ids import Action, Field, Window
from bot.blocks.pieces import View
from bot.blocks.settings.settings import build_settings
from bot.blocks.settings.settings_mine import LIKE_TEAM, OUTSIDE, build_my_form
from bot.blocks.settings.settings_saved import build_mine_saved, build_team_saved, overtaken_words
from bot.blocks.settings.settings_team import NONE, build_team_form
from bot.blocks.settings.settings_words import mine_words, stand_in_words, team_words
from bot.domain.hours.settings import HoursForm, Overtaken, Saved, SettingsShown
from bot.services.context import Do
from bot.services.settings import settings_saving, settings_shown
from handlers.ports import Screens
from handlers.pressing import Presses
from handlers.reading import Press, filled_in
from handlers.telling import show_window

Answered: TypeAlias = tuple[View, SettingsShown | None]
"""The window that a form becomes, and what holds now when something was saved: for the window below."""


async def settings_pressed(press: Press, *, read: Do) -> SettingsShown:
    """Read what holds for the team and for whoever pressed."""
    return await read(settings_shown.settings_of, actor=press.actor)


async def settings_then(press: Press, shown: SettingsShown, *, screens: Screens) -> None:
    """Show it."""
    await show_window(press, build_settings(shown), screens=screens)


async def team_pressed(press: Press, *, read: Do) -> View:
    """Build the form of the team's hours, filled with what holds."""
    shown = await read(settings_shown.settings_of, actor=press.actor)
    form = settings_shown.team_form(shown.team)
    return await _team_view(shown, form, form, root=press.view_id, read=read)


async def view_then(press: Press, view: View, *, screens: Screens) -> None:
    """Open a form on top of the settings."""
    await show_window(press, view, screens=screens)


async def country_chosen(press: Press, *, read: Do) -> View:
    """Build the same form with the regions of the chosen country; what was typed stays."""
    window = press.body.get("view") or {}
    form = Press(press.actor, press.surface, value=str(window.get("private_metadata") or ""), filled=filled_in(window))
    shown = await read(settings_shown.settings_of, actor=press.actor)
    return await _team_view(shown, _team_form(form), _was_team(form), root=form.fact("root"), read=read)


async def country_then(press: Press, view: View, *, screens: Screens) -> None:
    """Show it in place of the one in which the country was chosen."""
    await screens.update(press.view_id, view)


async def team_submitted(press: Press, *, do: Do, read: Do) -> Answered:
    """Save the team's hours; when somebody else was faster, the form says so and keeps every word."""
    wanted = _team_form(press)
    result = await do(settings_saving.change_team_hours, actor=press.actor, was=_was_team(press), wanted=wanted)
    if isinstance(result, Saved):
        return build_team_saved(result), result.shown
    note = overtaken_words(result, holds=team_words(result.shown))
    now = settings_shown.team_form(result.shown.team)
    return await _team_view(result.shown, wanted, now, root=press.fact("root"), read=read, note=note), None


async def mine_pressed(press: Press, *, read: Do) -> View:
    """Build the form of one's own hours."""
    shown = await read(settings_shown.settings_of, actor=press.actor)
    form = settings_shown.my_form(shown.mine)
    return build_my_form(shown, form, form, root=press.view_id)


async def mine_submitted(press: Press, *, do: Do) -> Answered:
    """Save one's own hours, clock and stand-in."""
    wanted = HoursForm(
        week=press.words(Field.WEEK),
        tz=_chosen(press, Field.TZ),
        own=press.words(Field.HOURS_KIND) != LIKE_TEAM,
        within=press.words(Field.WITHIN) != OUTSIDE,
        stand_in=press.words(Field.STAND_IN),
    )
    was = HoursForm(
        week=press.fact("week"),
        tz=press.fact("tz"),
        own=press.fact("own") == "1",
        within=press.fact("within") == "1",
        stand_in=press.fact("stand_in"),
    )
    result = await do(settings_saving.change_my_hours, actor=press.actor, was=was, wanted=wanted)
    if isinstance(result, Saved):
        return build_mine_saved(result), result.shown
    return _mine_overtaken(press, result, wanted), None


def _mine_overtaken(press: Press, result: Overtaken, wanted: HoursForm) -> View:
    note = overtaken_words(result, holds=f"{mine_words(result.shown)} {stand_in_words(result.shown)}")
    now = settings_shown.my_form(result.shown.mine)
    return build_my_form(result.shown, wanted, now, root=press.fact("root"), note=note)


def next_view(answered: Answered) -> View:
    """Return the window that the form becomes."""
    return answered[0]


async def refresh_then(press: Press, answered: Answered, *, screens: Screens) -> None:
    """Show in the settings below what holds now."""
    _, shown = answered
    root = press.facts.get("root")
    if shown is not None and root:
        await screens.update(root, build_settings(shown))


async def _team_view(
    shown: SettingsShown, now: HoursForm, was: HoursForm, *, root: str, read: Do, note: str = ""
) -> View:
    countries = await read(settings_shown.countries)
    regions = await read(settings_shown.regions, country=now.country)
    if now.region not in dict(regions):  # of the country that was chosen before
        now = replace(now, region="")
    return build_team_form(shown.team, now, was, countries=countries, regions=regions, root=root, note=note)


def _team_form(press: Press) -> HoursForm:
    country = _chosen(press, Field.COUNTRY)
    region = _chosen(press, Field.REGION) if country else ""
    return HoursForm(week=press.words(Field.WEEK), tz=_chosen(press, Field.TZ), country=country, region=region)


def _was_team(press: Press) -> HoursForm:
    return HoursForm(
        week=press.fact("week"), tz=press.fact("tz"), country=press.fact("country"), region=press.fact("region")
    )


def _chosen(press: Press, field: Field) -> str:
    chosen = press.words(field)
    return "" if chosen == NONE else chosen


def register(presses: Presses, *, do: Do, read: Do, screens: Screens) -> None:
    """Listen for the settings and the hours of the team and of a member."""
    opened = partial(view_then, screens=screens)
    refreshed = partial(refresh_then, screens=screens)
    presses.on_action(Action.SETTINGS, partial(settings_pressed, read=read), partial(settings_then, screens=screens))
    presses.on_action(Action.TEAM_HOURS, partial(team_pressed, read=read), opened)
    presses.on_action(Action.MY_HOURS, partial(mine_pressed, read=read), opened)
    presses.on_action(Field.COUNTRY, partial(country_chosen, read=read), partial(country_then, screens=screens))
    presses.on_submission(
        Window.TEAM_HOURS, partial(team_submitted, do=do, read=read), answer=next_view, then=refreshed
    )
    presses.on_submission(Window.MY_HOURS, partial(mine_submitted, do=do), answer=next_view, then=refreshed)
