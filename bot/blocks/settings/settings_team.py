"""The team's hours as a form."""

from typing import Final

from bot.blocks.ids import Field, Window, apart, encode
from bot.blocks.inputs import long_select
from bot.blocks.pieces import Block, View, ask, context, grouped_select, modal, option, plain_section, text_field
from bot.blocks.settings.settings_words import zone_words
from bot.blocks.words import one_line, plain
from bot.blocks.zones import zone_groups
from bot.domain.hours.calendar_shown import CalendarShown
from bot.domain.hours.settings import HoursForm, Places

NONE: Final = "none"
"""The choice that says: none of its own. An option of a menu cannot be empty."""

LONGEST_WEEK: Final = 500
_NAME: Final = 30
WEEK_HINT: Final = (
    "For example Mon-Thu 09:00-12:00 13:00-17:00, Fri 09:00-15:00. A night shift: Mon-Fri 22:00-06:00. "
    "Always: 24/7. A day that you leave out is closed."
)


def build_team_form(
    shown: CalendarShown,
    now: HoursForm,
    was: HoursForm,
    *,
    countries: Places,
    regions: Places,
    root: str,
    note: str = "",
) -> View:
    """Return the form with `now` in it; it carries `was`, what held when it was opened, back to the save.

    `regions` are those of the country in the form. `root` is the settings window below, `note` a sentence on top.
    """
    country = long_select(Field.COUNTRY, countries, first=(NONE, "No public holidays"), chosen=now.country or NONE)
    return modal(
        Window.TEAM_HOURS,
        "Team hours",
        [
            *note_blocks(note),
            ask(Field.WEEK, "When does the team work?", week_field(now.week), hint=WEEK_HINT),
            ask(Field.TZ, "By which clock?", zone_select(now.tz, _derived(shown))),
            {
                **ask(Field.COUNTRY, "Whose public holidays are days off?", country, hint=_HOLIDAYS_HINT),
                "dispatch_action": True,
            },
            *_region(now, regions),
            context(plain("Nudges that are planned move with the hours. Times told to clients stay as they are.")),
        ],
        metadata=encode(
            "view.private_metadata", root=root, week=was.week, tz=was.tz, country=was.country, region=was.region
        ),
        submit="Save",
        close="Cancel",
    )


_HOLIDAYS_HINT: Final = "Single days can be dropped afterwards, under Holidays."


def _region(now: HoursForm, regions: Places) -> list[Block]:
    if not regions:
        return []
    menu = long_select(Field.REGION, regions, first=(NONE, "All of the country"), chosen=now.region or NONE)
    block = ask(Field.REGION, "Which part of the country?", menu, hint="Some holidays are only kept in parts of it.")
    block["element"]["action_id"] = apart(Field.REGION, now.country)
    return [block]


def note_blocks(note: str) -> list[Block]:
    """Return what is said above a form, if anything."""
    return [plain_section(f"✋ {note}")] if note else []


def week_field(week: str) -> Block:
    """Return an input for a week, filled with one."""
    return text_field(week, most=LONGEST_WEEK, placeholder="Mon-Fri 09:00-17:00")


def zone_select(chosen: str, derived: str) -> Block:
    """Return a menu of all zones; `derived` is the label of having none of one's own."""
    zones = [(label, [option(zone, zone) for zone in group]) for label, group in zone_groups(chosen or "UTC")]
    head = ("By itself", [option(derived, NONE)])
    return grouped_select(Field.TZ, [head, *zones], chosen=chosen or NONE)


def _derived(shown: CalendarShown) -> str:
    name = one_line(shown.by_itself_of, _NAME)
    whose = f"{name}'s, the lead" if name else "As most of you"
    return f"{whose}: {zone_words(shown.by_itself)}"
