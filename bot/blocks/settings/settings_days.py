"""The days that are not like others: public holidays of a year, to look through once, and special days."""

from datetime import date
from typing import Final

from bot.blocks.ids import DAYS, Action, Field, Window, apart, encode
from bot.blocks.inputs import checkboxes, day_field
from bot.blocks.limits import LIMITS
from bot.blocks.pieces import (
    Block,
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
    radio,
    section,
    select,
    text_field,
)
from bot.blocks.settings.settings_team import note_blocks
from bot.blocks.settings.settings_words import place_words, special_day_words
from bot.blocks.words import one_line, plain
from bot.domain.hours.calendar_shown import CalendarShown
from bot.domain.hours.calendars import Holiday
from bot.domain.hours.settings import HolidayYear, YearForm
from bot.domain.hours.settings_days import year_form
from bot.domain.local_times import day_words

CLOSED: Final = "closed"
OPEN: Final = "open"
LONGEST_NOTE: Final = 60
LONGEST_HALF_DAYS: Final = 1_000
SPECIAL_SHOWN: Final = 20
_NAME: Final = 55


def build_holidays(found: HolidayYear, *, root: str, note: str = "", typed: YearForm | None = None) -> View:
    """Return the list of a year: ticked days are off. Saving it says that somebody has looked through it.

    `typed` is what stands in the form when that is not what holds. `root` is the settings window below.
    """
    if not found.listed:
        words = f"There are no public holidays of {place_words(found.place)} on record for {found.year}."
        blocks = [*note_blocks(note), plain_section(words), *_years(found, root)]
        return modal(Window.NOTICE, f"Holidays {found.year}", blocks)
    held = year_form(found)
    filled = typed or held
    state = "Somebody has confirmed this list." if found.confirmed else "Nobody has confirmed this list yet."
    words = f"Public holidays of {place_words(found.place)} in {found.year}. {state} Untick what is a working day."
    half_days = ask(
        Field.HALF_DAYS,
        "Half days",
        text_field(filled.half_days, multiline=True, most=LONGEST_HALF_DAYS, placeholder="24 Dec 09:00-12:00"),
        hint="One a line: a day from above, and the hours in which you do work.",
        optional=True,
    )
    half_days["element"]["action_id"] = apart(Field.HALF_DAYS, found.year)
    return modal(
        Window.HOLIDAYS,
        f"Holidays {found.year}",
        [
            *note_blocks(note),
            plain_section(words),
            *_years(found, root),
            *_ticks(found, filled.kept),
            half_days,
            *_special(found),
        ],
        metadata=encode(
            "view.private_metadata",
            root=root,
            year=found.year,
            kept=" ".join(sorted(held.kept)),
            half_days=held.half_days,
        ),
        submit="Save" if found.confirmed else f"Confirm {found.year}",
        close="Cancel",
    )


def _ticks(found: HolidayYear, kept: frozenset[str]) -> list[Block]:
    most = LIMITS["checkboxes.options"]
    shown = found.listed[: most * len(DAYS)]
    parts = -(-len(shown) // most)
    size = -(-len(shown) // parts)
    return [_tick_group(found, number, shown[number * size : (number + 1) * size], kept) for number in range(parts)]


def _tick_group(found: HolidayYear, number: int, days: tuple[Holiday, ...], kept: frozenset[str]) -> Block:
    options = [option(f"{day_words(day.date)} · {one_line(day.name, _NAME)}", day.date.isoformat()) for day in days]
    months = dict.fromkeys(f"{day.date:%B}" for day in (days[0], days[-1]))
    block = ask(DAYS[number], " to ".join(months), checkboxes(options, ticked=kept), optional=True)
    block["element"]["action_id"] = apart(DAYS[number], found.year)
    return block


def _special(found: HolidayYear) -> list[Block]:
    if not found.special:
        return []
    told = "; ".join(special_day_words(day) for day in found.special[:SPECIAL_SHOWN])
    return [context(plain(f"Special days win over this list: {told}."))]


def _years(found: HolidayYear, root: str) -> list[Block]:
    options = [option(f"Holidays of {year}", encode(root=root, year=year)) for year in found.years]
    chosen = encode(root=root, year=found.year)
    return actions(select(Action.HOLIDAY_YEAR, options, chosen=chosen, placeholder="Another year"))


def build_special_days(shown: CalendarShown, today: date, *, root: str, note: str = "", done: str = "") -> View:
    """Return the form for one special day, with those that are to come below it, each to be removed.

    `note` is a sentence on top about what did not go through, `done` one about what did.
    """
    kinds = [
        option("Closed", CLOSED, "Nobody works; nudges go out before"),
        option("Open", OPEN, "From when to when stands below, also on a weekend or a holiday"),
    ]
    return modal(
        Window.SPECIAL_DAYS,
        "Special days",
        [
            *note_blocks(note),
            *([plain_section(f"✅ {done}")] if done else []),
            ask(Field.DATE, "Which day?", day_field(), hint="It then goes by this alone, whatever else holds."),
            ask(Field.OPENING, "What about it?", radio(Field.OPENING, kinds, chosen=CLOSED)),
            ask(
                Field.OPEN_HOURS,
                "If it is open: from when to when?",
                text_field(most=100, placeholder="10:00-14:00"),
                hint="By the team's clock. Several are fine: 09:00-12:00 13:00-16:00.",
                optional=True,
            ),
            ask(
                Field.NOTE,
                "Why?",
                text_field(most=LONGEST_NOTE, placeholder="Summer party"),
                hint="So that colleagues know; clients never see it.",
                optional=True,
            ),
            divider(),
            *_coming(shown, today, root),
        ],
        metadata=encode(root=root, version=shown.version),
        submit="Save",
        close="Cancel",
    )


def _coming(shown: CalendarShown, today: date, root: str) -> list[Block]:
    coming = sorted((day for day in shown.team.days if day.date >= today), key=lambda day: day.date)
    if not coming:
        return [context(plain("No special days ahead."))]
    rows = [section("*Ahead*")]
    for day in coming[:SPECIAL_SHOWN]:
        name = day_words(day.date, today)
        remove = button(
            "Remove",
            Action.REMOVE_DAY,
            encode(root=root, date=day.date.isoformat()),
            describe=f"Remove the special day {name}",
            confirm=confirm("Remove this day?", f"{name} is like any other day then.", "Remove", "Keep"),
        )
        rows.append({**plain_section(special_day_words(day, today), remove), "block_id": f"day_{day.date}"})
    hidden = len(coming) - SPECIAL_SHOWN
    return [*rows, *([context(plain(f"And {hidden} more, later."))] if hidden > 0 else [])]
