"""My hours, my clock and who stands in for me, as a form."""

from typing import Final

from bot.blocks.ids import Field, Window, encode
from bot.blocks.inputs import person_field
from bot.blocks.pieces import View, ask, context, modal, option, radio
from bot.blocks.settings.settings_team import note_blocks, week_field, zone_select
from bot.blocks.settings.settings_words import hours_words, zone_words
from bot.blocks.words import plain
from bot.domain.hours.settings import HoursForm, SettingsShown

LIKE_TEAM: Final = "team"
OWN: Final = "own"
INSIDE: Final = "inside"
OUTSIDE: Final = "outside"


def build_my_form(shown: SettingsShown, now: HoursForm, was: HoursForm, *, root: str, note: str = "") -> View:
    """Return the form with `now` in it; it carries `was`, what held when it was opened, back to the save."""
    team = shown.team
    kinds = [
        option("Like the team, on my own clock", LIKE_TEAM, hours_words(team.team.week, now.tz or shown.mine.tz)),
        option("Hours of my own", OWN, "As written below"),
    ]
    bounds = [
        option("Only inside the team's hours", INSIDE, f"The team: {hours_words(team.team.week, team.tz)}"),
        option("Also outside the team's hours", OUTSIDE, "Then my hours count alone, and holidays do not close them"),
    ]
    return modal(
        Window.MY_HOURS,
        "My hours",
        [
            *note_blocks(note),
            ask(
                Field.HOURS_KIND,
                "When do you work?",
                radio(Field.HOURS_KIND, kinds, chosen=OWN if now.own else LIKE_TEAM),
            ),
            ask(
                Field.WEEK,
                "Hours of your own",
                week_field(now.week),
                hint="For example Mon-Thu 08:00-14:00, Fri 08:00-12:00. They only count if you chose so above.",
                optional=True,
            ),
            ask(
                Field.WITHIN,
                "Hours of your own count …",
                radio(Field.WITHIN, bounds, chosen=INSIDE if now.within else OUTSIDE),
            ),
            ask(Field.TZ, "Your clock", zone_select(now.tz, f"As your Slack profile says ({_slack_zone(shown)})")),
            ask(
                Field.STAND_IN,
                "Who stands in for you when you are away?",
                person_field(now.stand_in or None),
                hint="They get your nudges then. One absence can name somebody else.",
                optional=True,
            ),
            context(plain("No nudge reaches you outside these hours; one that cannot wait goes to your stand-in.")),
        ],
        metadata=encode(
            "view.private_metadata",
            root=root,
            week=was.week,
            tz=was.tz,
            own=int(was.own),
            within=int(was.within),
            stand_in=was.stand_in,
        ),
        submit="Save",
        close="Cancel",
    )


def _slack_zone(shown: SettingsShown) -> str:
    return "another" if shown.member.tz_own else zone_words(shown.mine.tz)
