"""The window that asks for an absence, and lists what is entered already."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.blocks.away.away_questions import take_back
from bot.blocks.away.still_away import once_taken_back
from bot.blocks.ids import Field, Window, encode
from bot.blocks.limits import LIMITS
from bot.blocks.pieces import (
    Block,
    View,
    ask,
    divider,
    modal,
    option,
    plain_section,
    section,
    select,
    text_field,
    time_field,
)
from bot.blocks.words import one_line, person, plain
from bot.domain.away.absence_words import span_words
from bot.domain.away.absences import Absence
from bot.domain.away.away import AwayForm
from bot.domain.local_times import midnight, zone
from bot.domain.people import Member

REASON = 150
"""Characters of a note."""

LISTED = 10
"""Absences that are listed below the form."""


def build_away_form(form: AwayForm, *, now: datetime) -> View:
    """Return the window that asks from when until when, who stands in, and a note; and lists what is entered."""
    tz = zone(form.member.tz)
    tonight = midnight(now.astimezone(tz).date() + timedelta(days=1), tz)
    is_self = form.reader.id == form.member.id
    fields = [
        ask(Field.FROM, "From", time_field(now), hint="In your own time zone. What lies in the past counts from now."),
        ask(Field.UNTIL, "Until", time_field(tonight), hint="At this time you are back." if is_self else ""),
        *_stand_in(form),
        ask(Field.NOTE, "Note", text_field(most=REASON, placeholder="For your colleagues"), optional=True),
    ]
    whose = [] if is_self else [section(f"For {person(form.member.id, form.member.name)}, who is told.")]
    return modal(
        Window.AWAY,
        "Away",
        [*whose, *fields, *_entered(form, now)],
        metadata=encode(member=form.member.id),
        submit="Enter",
        close="Cancel",
    )


def _stand_in(form: AwayForm) -> list[Block]:
    if not form.colleagues:
        return []
    others_lead = any(each.lead for each in form.colleagues)
    hint = f"Open: {'the lead' if others_lead else 'the team channel'} hears what nears its time."
    if len(form.colleagues) > LIMITS["select.options"]:
        menu: Block = {"type": "users_select", "placeholder": plain("Choose a colleague")}
    else:
        options = [option(one_line(each.name, 60), each.id) for each in form.colleagues]
        menu = select(Field.STAND_IN, options, chosen=form.member.stand_in, placeholder="Choose a colleague")
    return [ask(Field.STAND_IN, "Who stands in?", menu, hint=hint, optional=True)]


def _entered(form: AwayForm, now: datetime) -> list[Block]:
    if not form.entered:
        return []
    rows: Sequence[Block] = [
        plain_section(
            entered_line(each, form.member, now, form.names),
            take_back("Take back", each, once_taken_back(each, form.still, form.member, form.reader, now)),
        )
        for each in form.entered[:LISTED]
    ]
    return [divider(), section("*Entered already*"), *rows]


def entered_line(absence: Absence, member: Member, now: datetime, names: Mapping[str, str] | None = None) -> str:
    """Return one absence on a line: "Away from now until …; Jonas stands in"."""
    words = span_words(absence.spell, zone(member.tz), now)
    if absence.ends_at is None:
        words = f"{words.partition(' until ')[0]}, as your Slack status says"
    cover = (names or {}).get(absence.stand_in or "", "")
    return f"Away {words}" + (f"; {one_line(cover, 60)} stands in" if cover else "")
