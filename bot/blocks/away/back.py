"""The answer to coming back: what ended, what is still entered, who has what, and what comes as a message."""

from datetime import datetime

from bot.blocks import phrases
from bot.blocks.away.away_form import LISTED, entered_line
from bot.blocks.pieces import Post, plain_section
from bot.blocks.words import escape, fallback, one_line
from bot.domain.away.absences import Source
from bot.domain.away.away import Back

PASSED = 5
"""Requests that somebody else has now."""


def build_back(back: Back, *, now: datetime) -> Post:
    """Return the answer to `back`: what ended, or what there is instead; and what is still entered."""
    if not back.ended:
        words = ["You are not away right now, so there is nothing to end."]
        words += [_news(back)] if back.summary or back.slipped else []
    else:
        by_status = any(each.source is Source.STATUS for each in back.ended)
        words = ["Welcome back. Nudges come to you again.", *_passed_on(back), _news(back)]
        words += ["Your Slack status may still say that you are away."] if by_status else []
    text = "\n".join([" ".join(words), *_coming(back, now)])
    return Post(text=fallback([escape(text)]), blocks=[plain_section(text)])


def _coming(back: Back, now: datetime) -> list[str]:
    """Say what is still entered: one in a sentence, several as a list."""
    lines = [entered_line(each, back.member, now) for each in back.coming]
    if len(lines) == 1:
        return [f"Still entered: {lines[0][:1].lower()}{lines[0][1:]}."]
    more = len(lines) - LISTED
    rest = [f"and {more} more"] if more > 0 else []
    return ["Still entered:", *(f"• {each}" for each in lines[:LISTED]), *rest] if lines else []


def _passed_on(back: Back) -> list[str]:
    """Say which requests somebody else has now: whoever handed them over before they left may not remember."""
    said_so = []
    for item in back.passed[:PASSED]:
        whose = f"with {one_line(item.owner.name, 60)}" if item.owner else "with the team, and nobody has it yet"
        said_so.append(f"{phrases.title(item.request, item.client)} is {whose}.")
    more = len(back.passed) - PASSED
    return [*said_so, f"So {'is' if more == 1 else 'are'} {more} more."] if more > 0 else said_so


def _news(back: Back) -> str:
    """Say what comes as a message of its own, and of what kind: what is said here is there a moment later."""
    if back.slipped:
        count, first = len(back.slipped), back.slipped[0]
        which = phrases.title(first.request, first.client) if count == 1 else f"{count} promises"
        slipped = f"{which} slipped meanwhile: that stands in our direct messages, with what can be done."
        return f"{slipped} What else happened stands there, too." if back.summary else slipped
    if back.summary:
        return "What happened meanwhile stands in our direct messages."
    return "Nothing else happened to your requests." if back.passed else "Nothing happened to your requests."
