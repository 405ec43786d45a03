"""Settings windows: what they say, and that they fit whatever people wrote."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.blocks.ids import decode
from bot.blocks.lists.home import build_home
from bot.blocks.settings.settings import build_settings
from bot.blocks.settings.settings_away import build_signs_form, build_signs_saved
from bot.blocks.settings.settings_days import build_holidays, build_special_days
from bot.blocks.settings.settings_mine import build_my_form
from bot.blocks.settings.settings_saved import build_mine_saved, build_team_saved, overtaken_words
from bot.blocks.settings.settings_team import build_team_form
from bot.blocks.settings.settings_words import effect_text, hours_words, made_text, special_day_words, zone_words
from bot.domain.hours.calendar_shown import HEADSUP, CalendarShown
from bot.domain.hours.calendars import CalendarRules, Holiday, SpecialDay, parse_spells, parse_week
from bot.domain.hours.settings import (
    AwaySigns,
    Effect,
    HolidayYear,
    HoursForm,
    Overtaken,
    Presence,
    Saved,
    SettingsShown,
    Whereabouts,
    YearForm,
)
from bot.workspace.blockkit import check_view
from tests.blocks.block_samples import ANA, BEN, HOME, HOSTILE, NOW, texts

TODAY = NOW.date()
RULES = CalendarRules(
    tz="Europe/Helsinki",
    week=parse_week("Mon-Fri 09:00-17:00"),
    days=(SpecialDay(date(2026, 12, 23), parse_spells("9-12"), "Christmas party"),),
    holidays=(Holiday(date(2026, 12, 6), "Independence Day"), Holiday(date(2026, 12, 25), "Christmas Day")),
    country="FI",
)
TEAM = CalendarShown("team", RULES, RULES, "Europe/Helsinki", zone_chosen=True, version=3, made_at=NOW, made_by="U2BEN")
MINE = CalendarShown("U1ANA", None, RULES, "Europe/Helsinki", zone_chosen=False, version=0)
SHOWN = SettingsShown(
    member=ANA,
    team=TEAM,
    mine=MINE,
    team_now=Presence(is_open=True, until=NOW + timedelta(hours=2)),
    mine_now=Presence(is_open=False),
    today=TODAY,
    place="Finland",
    to_confirm=2027,
    lead=BEN,
    away=AwaySigns(("vacation",), ("palm_tree",)),
    names={"U1ANA": "Ana", "U2BEN": "Ben"},
)
FORM = HoursForm(week="Mon-Fri 09:00-17:00", tz="Europe/Helsinki", country="FI")
YEAR = HolidayYear(
    2027,
    "Finland",
    listed=tuple(Holiday(date(2027, 1, 1) + timedelta(days=9 * n), f"Day {n}") for n in range(15)),
    kept=tuple(Holiday(date(2027, 1, 1) + timedelta(days=9 * n), f"Day {n}") for n in range(14)),
    confirmed=False,
    years=(2026, 2027, 2028),
    special=(SpecialDay(date(2027, 6, 24), (), "Sauna"),),
)
SAVED = Saved(SHOWN, Effect(moved=3, next_at=NOW), notes=("A note.",))


def said(view: dict[str, Any]) -> str:
    return "\n".join(part["text"] for part in texts(view))


def colleagues(words: str) -> list[Whereabouts]:
    """Colleagues of this name."""
    who = replace(ANA, name=words)
    return [Whereabouts(who, Presence(is_open=True, until=NOW), away=True, stand_in=who)] * 40


def field(view: dict[str, Any], name: str) -> dict[str, Any]:
    return next(block["element"] for block in view["blocks"] if block.get("block_id") == name)


def hostile(words: str) -> dict[str, dict[str, Any]]:
    """Every window, with the words wherever a person could put words."""
    rules = replace(
        RULES,
        days=tuple(replace(RULES.days[0], date=TODAY + timedelta(days=n), note=words) for n in range(90)),
        holidays=tuple(Holiday(TODAY + timedelta(days=n), words) for n in range(90)),
    )
    team = replace(TEAM, team=rules, rules=rules, by_itself_of=words)
    everybody = {"U1ANA": words, "U2BEN": words}
    member = replace(ANA, name=words)
    shown = replace(SHOWN, member=member, team=team, mine=replace(MINE, stand_in="U2BEN"), names=everybody, place=words)
    shown = replace(shown, lead=replace(BEN, name=words), away=AwaySigns((words,) * 50, ("boat",) * 90))
    alone = replace(shown, lead=None, mine=replace(MINE, rules=rules))
    places = tuple((f"C{number}", words) for number in range(260))
    form = replace(FORM, week=words[:500])
    long_year = replace(
        YEAR, place=words, listed=tuple(replace(d, name=words) for d in YEAR.listed * 4), special=rules.days
    )
    overtaken = overtaken_words(Overtaken(shown, "U2BEN", ("week", "tz")), holds=words)
    typed = YearForm(frozenset(), words[:1000])
    saved = replace(SAVED, shown=shown, notes=(words,) * 5)
    return {
        "settings": build_settings(shown),
        "home": build_home(HOME, now=NOW, team=colleagues(words)),
        "settings alone": build_settings(alone),
        "team": build_team_form(team, form, FORM, countries=places, regions=places, root="V1", note=overtaken),
        "mine": build_my_form(shown, form, FORM, root="V1", note=overtaken),
        "holidays": build_holidays(long_year, root="V1", note=overtaken, typed=typed),
        "no holidays": build_holidays(replace(long_year, listed=()), root="V1"),
        "special": build_special_days(team, TODAY, root="V1", note=overtaken, done=words),
        "team saved": build_team_saved(saved),
        "mine saved": build_mine_saved(saved),
        "away": build_signs_form(shown.away, root="V1"),
        "away saved": build_signs_saved(shown.away, changed=True),
    }


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_every_window_passes_whatever_people_wrote(words: str):
    for name, view in hostile(words).items():
        assert check_view(view) == [], name


@pytest.mark.parametrize("name", ["mentions", "markup", "links", "date token", "amps"])
def test_nobodys_words_become_formatting(name: str):
    """In mrkdwn stand only our words, dates and mentions of members."""
    ours = re.compile(r"<!date\^\d+\^[A-Za-z, ]*\{date_short_pretty\} at \{time\}\|[^<>|]*>|<@U[12][A-Z]+>")
    for view in hostile(HOSTILE[name]).values():
        for part in texts(view):
            if part["type"] == "mrkdwn":
                left = ours.sub("", part["text"]).replace("*Ahead*", "")
                left = re.sub(r"^\*[A-Za-z, ]+\*", "", left)  # our own headings on App Home
                assert not re.search(r"[<>*_~`]|evil|channel|tada", left), left


def test_what_holds_is_said_in_sentences():
    text = said(build_settings(SHOWN))

    assert "The team works Mon–Fri 09:00–17:00, Helsinki time." in text
    assert "Public holidays of Finland are off. The next: Sun 6 Dec, Independence Day." in text
    assert "Special days: Wed 23 Dec open 09:00–12:00 (Christmas party)." in text
    assert "You work like the team: Mon–Fri 09:00–17:00, Helsinki time." in text
    assert "what cannot wait goes to Ben, the lead" in text
    assert "Nobody has looked through the holidays of 2027 yet." in text
    assert "Only Ben, the lead, changes these." in text


@pytest.mark.parametrize("chosen", [True, False], ids=["chosen", "derived"])
def test_the_zone_that_comes_by_itself_is_said_with_whose_it_is(chosen: bool):
    def offered(**facts: str) -> str:
        team = replace(TEAM, zone_chosen=chosen, **facts)
        view = build_team_form(team, FORM, FORM, countries=(), regions=(), root="V1")
        first: str = field(view, "tz")["option_groups"][0]["options"][0]["text"]["text"]
        return first

    assert offered(by_itself="America/New_York", by_itself_of="Sam") == "Sam's, the lead: New York time"
    assert offered(by_itself="Europe/Berlin") == "As most of you: Berlin time"
    assert offered() == "As most of you: UTC"


def test_who_did_it_last_is_said_also_when_it_was_the_terminal():
    def made(**facts: Any) -> str:
        return made_text(replace(TEAM, **facts), SHOWN.names)

    assert made(made_by=None).startswith(f"<!date^{int(NOW.timestamp())}^Changed from the terminal, {{date")
    assert made(made_by=None).endswith("|Changed from the terminal, 27 Nov 2026, 13:00 UTC>.")
    assert made().startswith("<!date^")
    assert made().endswith("> by <@U2BEN>.")
    assert made(made_at=None, made_by=None, version=0) == "As it was set up; nobody has changed it here."
    assert made(made_at=None, made_by=None) == "As it was set up, again."


def test_what_headsup_did_by_itself_is_said_to_be_its_doing():
    team = replace(TEAM, made_by=HEADSUP)
    assert overtaken_words(Overtaken(SHOWN, HEADSUP, ("holidays",)), holds="").startswith("Headsup changed ")
    assert "^Headsup added the public holidays of a new year, {date" in made_text(team, SHOWN.names)


def test_special_days_are_ahead_or_there_are_none():
    assert "No special days ahead." in said(build_special_days(replace(TEAM, team=CalendarRules()), TODAY, root="V1"))
    for today, words in ((date(2026, 12, 23), "*Ahead*"), (date(2026, 12, 24), "No special days ahead.")):
        assert words in said(build_special_days(TEAM, today, root="V1"))


def test_the_way_to_confirm_is_there_while_a_year_is_to_be_confirmed():
    assert "open_holidays_to_confirm" in json.dumps(build_settings(SHOWN))
    assert "open_holidays_to_confirm" not in json.dumps(build_settings(replace(SHOWN, to_confirm=None)))


def test_a_team_without_a_country_is_led_to_choose_one_first():
    nowhere = replace(SHOWN, team=replace(TEAM, team=CalendarRules()), to_confirm=None)
    text = said(build_settings(nowhere))

    assert "The team works around the clock, every day." in text
    assert "say in which country you work" in text
    assert "open_holidays" not in json.dumps(build_settings(nowhere))


def test_the_form_carries_what_held_when_it_was_opened():
    changed = replace(FORM, week="24/7")
    view = build_team_form(TEAM, changed, FORM, countries=(("FI", "Finland"),), regions=(), root="V1")

    assert field(view, "week")["initial_value"] == "24/7"
    assert dict(decode(view["private_metadata"])) == {
        "root": "V1",
        "week": "Mon-Fri 09:00-17:00",
        "tz": "Europe/Helsinki",
        "country": "FI",
        "region": "",
    }


def test_a_menu_of_another_countrys_regions_is_another_input():
    """Slack keeps what was chosen in an input of the same ids when a window is updated."""
    places = (("A", "A"), ("B", "B"))
    ids = {
        field(
            build_team_form(TEAM, replace(FORM, country=country), FORM, countries=(), regions=places, root="V1"),
            "region",
        )["action_id"]
        for country in ("FI", "DE")
    }
    assert len(ids) == 2
    years = {field(build_holidays(replace(YEAR, year=year), root="V1"), "first_days")["action_id"] for year in (1, 2)}
    assert len(years) == 2


def test_a_year_of_holidays_is_ticked_as_it_is_kept_and_split_evenly():
    view = build_holidays(YEAR, root="V1")
    first, second = field(view, "first_days"), field(view, "second_days")

    assert [len(first["options"]), len(second["options"])] == [8, 7]
    assert len(second["initial_options"]) == 6
    assert view["submit"]["text"] == "Confirm 2027"
    assert build_holidays(replace(YEAR, confirmed=True), root="V1")["submit"]["text"] == "Save"


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        (Effect(), "No nudge was waiting, so none moves."),
        (Effect(0, NOW), "No nudge moves. <!date^"),
        (Effect(1, NOW), "1 nudge moves. <!date^"),
        (Effect(3, NOW), "3 nudges move. <!date^"),
        (Effect(900, NOW, later=True), "Everybody's nudges are being planned anew; that takes a few seconds. <!date^"),
    ],
)
def test_what_a_save_did_is_counted(effect: Effect, words: str):
    assert effect_text(effect).startswith(words)


def test_hours_zones_and_days_are_said_as_people_say_them():
    assert zone_words("America/Argentina/Buenos_Aires") == "Buenos Aires time"
    assert zone_words("UTC") == "UTC"
    assert hours_words(parse_week("24/7"), "UTC") == "around the clock, every day"
    assert hours_words(parse_week("Mon-Fri 22-6"), "UTC") == "Mon–Fri 22:00–06:00, UTC"
    assert special_day_words(SpecialDay(date(2026, 12, 24)), TODAY) == "Thu 24 Dec closed"


def test_home_says_who_is_at_work_and_until_when():
    away = Whereabouts(BEN, Presence(is_open=False, until=NOW), away=True, stand_in=ANA)
    everybody = [Whereabouts(ANA, Presence(is_open=True, until=NOW)), Whereabouts(ANA, Presence(is_open=False)), away]
    view = build_home(HOME, now=NOW, team=everybody)

    lines = view["blocks"][-1]["elements"][0]["elements"]
    told = ["".join(part.get("text") or part["format"] for part in each["elements"]) for each in lines]
    assert told == [
        "Ana  at work until {date_short_pretty} at {time}",
        "Ana  off",
        "Ben  away until {date_short_pretty} at {time}; Ana stands in",
    ]
    assert "The team right now" not in said(build_home(HOME, now=NOW))


def _mine_said(own: CalendarRules) -> tuple[str, str]:
    """Return what the settings and the saved form say of a member's own hours."""
    shown = replace(SHOWN, mine=replace(MINE, rules=own, version=1))
    views = build_settings(shown), build_mine_saved(replace(SAVED, shown=shown))
    return tuple("\n".join(part["text"] for part in texts(view["blocks"])) for view in views)  # type: ignore[return-value]


def test_hours_that_count_for_nothing_inside_the_teams_are_named():
    words = "Sat 10:00–14:00 counts for nothing: the team does not work then."
    for said in _mine_said(CalendarRules(week=parse_week("Mon-Sat 10:00-14:00"))):
        assert f"You work Mon–Sat 10:00–14:00, Helsinki time, inside the team's hours.\n{words}\n" in said
    for said in _mine_said(CalendarRules(week=parse_week("Mon-Sat 10:00-14:00"), within_team=False)):
        assert "counts for nothing" not in said


def test_days_of_ones_own_are_named_with_what_counts_of_them():
    days = (
        SpecialDay(date(2026, 11, 30), parse_spells("7-12")),
        SpecialDay(date(2026, 12, 5), parse_spells("10-14")),
        SpecialDay(date(2026, 12, 7), (), "Moving house"),
    )
    for said in _mine_said(CalendarRules(days=days)):
        assert (
            "Days of your own: Mon 30 Nov open 07:00–12:00, of which 09:00–12:00 counts, as far as the team works too; "
            "Sat 5 Dec open 10:00–14:00, which counts for nothing: the team does not work then; "
            "Mon 7 Dec closed (Moving house).\n" in said
        )
