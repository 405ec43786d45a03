"""Absences as people see them: what was understood, which promises fall into it, and the window to enter one."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.blocks import phrases
from bot.blocks.client_words import excerpt_line
from bot.blocks.ids import Action, Field, Window, encode
from bot.blocks.limits import LIMITS
from bot.blocks.pieces import (
    Block,
    Post,
    View,
    actions,
    ask,
    button,
    confirm,
    context,
    divider,
    modal,
    option,
    plain_section,
    section,
    select,
    text_field,
    time_field,
)
from bot.blocks.words import escape, fallback, line, one_line, person, plain, rich_text, said
from bot.domain.absences import Absence, Spell, last_day_words, span_words
from bot.domain.away import AwayForm, AwayShown, Falling
from bot.domain.local_times import midnight, zone
from bot.domain.people import Member
from bot.domain.promises import Outcome

SHOWN = 10
"""Promises in one answer, three blocks each."""

REASON = 150


def build_away(shown: AwayShown, *, now: datetime) -> Post:
    """Return what was understood, and each promise that falls into it with what can be done about it."""
    blocks = [section(f"*{heading(shown, now)}*"), *_notes(shown, now)]
    if not shown.absence.is_running(now) and shown.absence.ended_at is not None:
        return Post(text=fallback([heading(shown, now)]), blocks=blocks)
    listed = shown.falling[:SHOWN]
    blocks += [section(_count(shown))] if listed else [context(plain(_nothing(shown)))]
    for number, item in enumerate(listed):
        blocks += [divider()] if number else []
        blocks += _falling(shown, item, now)
    if len(shown.falling) > SHOWN:
        blocks.append(context(plain(f"and {len(shown.falling) - SHOWN} more: “/headsup mine” lists them")))
    blocks += actions(_take_back("Take it back", shown.absence))
    lines = [f"{escape(_name(item))}: {phrases.promise(item.promise, now)}" for item in listed]
    return Post(text=fallback([heading(shown, now), *lines]), blocks=blocks)


def build_away_view(shown: AwayShown, *, now: datetime) -> View:
    """Return the same as a window."""
    return modal(Window.AWAY, "Away", build_away(shown, now=now)["blocks"])


def heading(shown: AwayShown, now: datetime) -> str:
    """Return in one sentence who is away when, and who stands in. In the zone of the one who is away."""
    absence = shown.absence
    is_back = absence.ended_at is not None and not absence.is_running(now)
    spell = (absence.starts_at, absence.ends_at or absence.over_at) if is_back else absence.spell
    when = span_words(spell, zone(shown.member.tz), now)
    who = "Away" if shown.reader.id == shown.member.id else f"{person(shown.member.id, shown.member.name)} is away"
    if is_back:
        return f"Taken back: {who[0].lower() + who[1:] if who == 'Away' else who} {when}."
    return f"{who} {when}; {_who_hears(shown)}."


def _who_hears(shown: AwayShown) -> str:
    if shown.stand_in is None:
        return "nobody stands in, so the team channel hears what nears its time"
    name = person(shown.stand_in.id, shown.stand_in.name)
    if shown.chosen:
        return f"{name} stands in" if shown.stand_in.id != shown.reader.id else "you stand in"
    return f"nobody stands in, so {name} as the lead hears what nears its time"


def _notes(shown: AwayShown, now: datetime) -> list[Block]:
    """Return what else is to be known: odd times, the last day, whose zone it is, who entered it."""
    tz = zone(shown.member.tz)
    said_so = list(shown.notes)
    last = last_day_words(shown.absence.spell, tz, now)
    if last:
        said_so.append(f"{last} is the last day.")
    if shown.reader.tz != shown.member.tz:
        said_so.append(f"Times are {one_line(shown.member.name, 60)}'s, in {shown.member.tz}.")
    if shown.absence.reason:
        said_so.append(f"Note: {one_line(shown.absence.reason, REASON)}")
    return [context(plain(" ".join(said_so)))] if said_so else []


def _count(shown: AwayShown) -> str:
    count = len(shown.falling)
    return "One promise falls into it:" if count == 1 else f"{count} promises fall into it, the nearest first:"


def _nothing(shown: AwayShown) -> str:
    whose = "of yours" if shown.reader.id == shown.member.id else "of theirs"
    return f"No promise {whose} falls into it."


def _name(item: Falling) -> str:
    return f"{phrases.title(item.request, item.client)} · {one_line(excerpt_line(item.request, item.excerpt), 120)}"


def _falling(shown: AwayShown, item: Falling, now: datetime) -> list[Block]:
    """Return one promise as it stands, with its buttons for as long as it is theirs and open."""
    title = said(phrases.title(item.request, item.client), bold=True)
    words = said(f" · {one_line(excerpt_line(item.request, item.excerpt), 120)}")
    standing = phrases.promise(item.promise, now)
    named, rows = rich_text(line(title, words)), []
    theirs = item.owner is not None and item.owner.id == shown.member.id
    if item.promise.outcome is not Outcome.OPEN:
        rows = [section(standing)]
    elif not theirs:
        who = person(item.owner.id, item.owner.name) if item.owner else "The team"
        rows = [section(f"{standing}. {who} has it now.")]
    elif item.kept:
        rows = [section(f"{standing}. It stays; {_hears(shown)} meanwhile.")]
    else:
        later = "" if item.due else " It is due just after the absence, and nudges about it would have come within."
        rows = [section(f"{standing}.{later}"), *_choices(shown, item)]
    return [named, *rows]


def _hears(shown: AwayShown) -> str:
    if shown.stand_in is None:
        return "the team channel hears of it"
    return f"{person(shown.stand_in.id, shown.stand_in.name)} hears of it"


def _choices(shown: AwayShown, item: Falling) -> list[Block]:
    facts = {"promise": item.promise.id, "request": item.request.id}
    to = shown.stand_in.id if shown.stand_in and shown.chosen else ""
    label = f"Hand over to {one_line(shown.stand_in.name, 40)}" if to and shown.stand_in else "Hand over"
    return actions(
        button(label, Action.AWAY_HAND_OVER, encode(request=item.request.id, to=to), style="primary"),
        button("Move", Action.DELAY, encode(**facts)),
        button("Keep", Action.AWAY_KEEP, encode(**facts, absence=shown.absence.id)),
    )


def _take_back(label: str, absence: Absence) -> Block:
    question = confirm("Take it back?", "Then it counts as working time again, from now on.", "Take it back")
    return button(label, Action.AWAY_TAKE_BACK, encode(absence=absence.id), confirm=question)


def build_taken(sentence: str, absence: Absence, spell: Spell, *, member: str, cover: str) -> Post:
    """Return that there is an absence at that time already, with what can be done about it."""
    asked = {"from": int(spell[0].timestamp()), "until": int(spell[1].timestamp())}
    instead = encode(absence=absence.id, member=member, cover=cover, **asked)
    buttons = actions(
        button("Take this one instead", Action.AWAY_REPLACE, instead, style="primary"),
        _take_back("Take the other back", absence),
    )
    return Post(text=fallback([escape(sentence)]), blocks=[plain_section(sentence), *buttons])


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
    hint = "Open: the lead hears what nears its time."
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
        plain_section(entered_line(each, form.member, now, form.names), _take_back("Take back", each))
        for each in form.entered[:SHOWN]
    ]
    return [divider(), section("*Entered already*"), *rows]


def entered_line(absence: Absence, member: Member, now: datetime, names: Mapping[str, str] | None = None) -> str:
    """Return one absence on a line: "Away from now until …; Jonas stands in"."""
    words = span_words(absence.spell, zone(member.tz), now)
    if absence.ends_at is None:
        words = f"{words.partition(' until ')[0]}, as your Slack status says"
    cover = (names or {}).get(absence.stand_in or "", "")
    return f"Away {words}" + (f"; {one_line(cover, 60)} stands in" if cover else "")
