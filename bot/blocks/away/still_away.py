"""What holds once an absence is taken back while a Slack status still makes its member away."""

from datetime import datetime

from bot.blocks.words import one_line
from bot.domain.away.absences import Absence, Source
from bot.domain.away.away import StillAway
from bot.domain.local_times import moment_words, zone
from bot.domain.people import Member

_STATUS = 60
"""Characters of a status that are repeated."""

_NAME = 60


def still_words(still: StillAway, member: Member, reader: Member, now: datetime) -> str:
    """Return who is still away by which status until when, as a sentence of plain text, in the member's zone."""
    until = f"until {moment_words(still.until, zone(member.tz), now)}" if still.until else "for as long as it is set"
    said = f" “{one_line(still.status, _STATUS)}”" if still.status.strip() else ""
    if member.id == reader.id:
        return f"You are still away by your Slack status{said}, {until}."
    return f"{one_line(member.name, _NAME)} is still away by their Slack status{said}, {until}."


def once_taken_back(absence: Absence, still: StillAway | None, member: Member, reader: Member, now: datetime) -> str:
    """Return what holds once an absence is taken back, as a sentence of plain text.

    An absence by status takes that status with it; one that begins after the status has ended is untouched by it.
    """
    by_status = absence.source is Source.STATUS
    if still is None or by_status or (still.until is not None and still.until <= absence.starts_at):
        return "Then it counts as working time again, from now on."
    return still_words(still, member, reader, now)
