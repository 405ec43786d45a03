"""The settings: what holds for the team and for the one who looks, in plain words, and the ways to change it."""

from bot.blocks.ids import Action, Window, encode
from bot.blocks.pieces import Block, View, actions, button, context, divider, header, modal, plain_section
from bot.blocks.settings.settings_away import signs_elements
from bot.blocks.settings.settings_words import (
    holidays_words,
    made_text,
    mine_words,
    my_counting_words,
    name_of,
    now_text,
    special_words,
    stand_in_words,
    team_words,
)
from bot.blocks.words import line, mrkdwn, plain, rich_text
from bot.domain.hours.settings import SettingsShown, may_change_signs


def build_settings(shown: SettingsShown) -> View:
    """Return the window; every part of it leads to a form for that part."""
    blocks = [*_team(shown), divider(), *_mine(shown), divider(), *_away(shown)]
    return modal(Window.SETTINGS, "Settings", blocks)


def _team(shown: SettingsShown) -> list[Block]:
    sentences = [team_words(shown), holidays_words(shown), special_words(shown.team.team, shown.today)]
    return [
        header("The team"),
        plain_section("\n".join(filter(None, sentences))),
        _quiet(now_text(shown.team_now, "Open right now", "Closed right now")),
        *_confirm(shown),
        *actions(
            button("Team hours", Action.TEAM_HOURS, encode()),
            button("Holidays", Action.HOLIDAYS, encode()) if shown.team.team.country else None,
            button("Special days", Action.SPECIAL_DAYS, encode()),
        ),
        _quiet(f"{made_text(shown.team, shown.names)} Anyone in the team may change it; here it says who did."),
    ]


def _confirm(shown: SettingsShown) -> list[Block]:
    if shown.to_confirm is None:
        return []
    words = f"Nobody has looked through the holidays of {shown.to_confirm} yet. Are all of them days off for you?"
    press = button(
        f"Confirm {shown.to_confirm}",
        Action.CONFIRM_HOLIDAYS,
        encode(year=shown.to_confirm),
        style="primary",
        describe=f"Confirm {shown.to_confirm}: look through its holidays",
    )
    return [plain_section(f"📅 {words}", press)]


def _mine(shown: SettingsShown) -> list[Block]:
    return [
        header("You"),
        plain_section("\n".join(filter(None, (mine_words(shown), my_counting_words(shown), stand_in_words(shown))))),
        _quiet(now_text(shown.mine_now, "Your hours run right now", "You are off right now")),
        *actions(button("My hours", Action.MY_HOURS, encode())),
    ]


def _away(shown: SettingsShown) -> list[Block]:
    may = may_change_signs(shown)
    rule = "" if shown.lead is None else f"Only {name_of(shown, shown.lead.id)}, the lead, changes these."
    return [
        header("Away by Slack status"),
        rich_text(line(*signs_elements(shown.away))),
        *actions(button("Away words", Action.AWAY_SIGNS, encode()) if may else None),
        *([context(plain(rule))] if rule and not may else []),
    ]


def _quiet(words: str) -> Block:
    return context(mrkdwn(words))
