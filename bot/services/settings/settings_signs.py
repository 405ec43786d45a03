"""Saving what makes a Slack status an absence."""

from bot.domain.hours.settings import AwaySigns, SettingsShown, may_change_signs
from bot.domain.hours.settings_signs import SignsTextError, merge_signs, read_emoji, read_words
from bot.domain.people import Actor
from bot.errors import FieldError
from bot.services.away import statuses
from bot.services.context import Context
from bot.services.settings.settings_shown import settings_of


def change_signs(ctx: Context, *, actor: Actor, was: AwaySigns, words: str, emoji: str) -> tuple[SettingsShown, bool]:
    """Add and take away what was added and taken away in the form since `was`; tell what holds, and if that is new.

    Others' changes meanwhile stay. Safe to repeat.

    Raises:
        FieldError: only the lead may do this, or an emoji is not written by its name.
    """
    shown = settings_of(ctx, actor=actor)
    if not may_change_signs(shown):
        lead = shown.lead.name if shown.lead else ""
        raise FieldError("away_words", f"Only {lead}, the lead, can change these.")
    try:
        wanted = AwaySigns(words=read_words(words), emoji=read_emoji(emoji))
    except SignsTextError as error:
        raise FieldError("away_emoji", str(error)) from error
    signs = merge_signs(was, shown.away, wanted)
    if signs == shown.away:
        return shown, False
    statuses.save_signs(ctx, actor=actor, words=signs.words, emoji=signs.emoji)
    return settings_of(ctx, actor=actor), True
