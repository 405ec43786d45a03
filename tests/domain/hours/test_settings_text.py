"""What people type into the settings: half days, away words, emoji; and what two of them change at once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hours.calendars import CalendarTextError, Holiday, parse_spells
from bot.domain.hours.settings import AwaySigns, HoursForm
from bot.domain.hours.settings_days import half_days_text, parse_half_days
from bot.domain.hours.settings_merge import both_changed, merged
from bot.domain.hours.settings_signs import SignsTextError, merge_signs, read_emoji, read_words

EVE, DAY = date(2026, 12, 24), date(2026, 12, 4)
DAYS = (Holiday(DAY, "Saint Barbara"), Holiday(EVE, "Christmas Eve"))
MORNING = parse_spells("09:00-12:00")


@pytest.mark.parametrize(
    "line",
    [
        "24 Dec 09:00-12:00",
        "Thu 24 Dec: 9-12",
        "  24 december   9:00 to 12:00 ",
        "Dec 24, 09:00-12:00",
        "24.12. 9-12",
        "2026-12-24 9-12",
        "christmas eve 9-12",
        "24. December · 09:00–12:00",
    ],
)
def test_a_half_day_begins_with_a_day_of_the_list_however_it_is_written(line: str):
    assert parse_half_days(line, DAYS) == {EVE: MORNING}


def test_one_a_line_and_empty_lines_do_not_count():
    both = {EVE: MORNING, DAY: parse_spells("13:00-15:00 16:00-17:00")}
    assert parse_half_days("24 Dec 9-12\n\n4 Dec 13-15 16-17; ", DAYS) == both
    assert parse_half_days("", DAYS) == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("25 Dec 9-12", "begins with none of the days above"),
        ("24 Decade 9-12", "begins with none"),
        ("24 Dec", "From when to when"),
        ("24 Dec closed", "a whole day off needs no line"),
        ("24 Dec 9-12 11-14", "cross"),
        ("24 Dec 9-12\nChristmas Eve 10-11", "twice"),
        ("24 Dec lunch", "no time of a day"),
    ],
)
def test_what_is_no_half_day_gets_a_sentence(text: str, words: str):
    with pytest.raises(CalendarTextError, match=words) as refused:
        parse_half_days(text, DAYS)
    assert refused.value.part == "half_days"


def test_half_days_are_read_as_they_were_written():
    half = [Holiday(EVE, "Christmas Eve", MORNING), Holiday(DAY, "Saint Barbara")]
    assert parse_half_days(half_days_text(half), DAYS) == {EVE: MORNING}


def test_words_and_emoji_are_read_as_people_separate_them():
    assert read_words("sick,  on   leave; Urlaub\nSICK, 休假\uff0c病假、") == (
        "sick",
        "on leave",
        "Urlaub",
        "休假",
        "病假",
    )
    typed = ":palm_tree: :Airplane::boat:, +1 :wave::skin-tone-3:"
    assert read_emoji(typed) == ("palm_tree", "airplane", "boat", "+1", "wave")
    with pytest.raises(SignsTextError, match="🌴"):
        read_emoji(":boat: 🌴")


words = st.lists(st.sampled_from(["a", "b", "c", "d", "E"]), unique=True).map(tuple)


@given(words, words, words)
def test_merging_keeps_what_both_added_and_drops_what_either_took_away(was, held, wanted):
    found = set(merge_signs(AwaySigns(was), AwaySigns(held), AwaySigns(wanted)).words)

    assert found >= (set(wanted) - set(was))
    assert not found & (set(was) - set(wanted))
    assert found >= set(held) & set(wanted)
    assert found <= set(held) | set(wanted)


weeks = st.sampled_from(["Mon 9-17", "Monday 09:00-17:00", "Tue 9-17", "Mon-Fri 9-17"])
forms = st.builds(HoursForm, week=weeks, tz=st.sampled_from(["", "UTC"]), country=st.sampled_from(["", "FI", "DE"]))
PARTS = ("week", "tz", "country", "region")


@given(forms, forms, forms)
def test_a_form_without_a_conflict_holds_every_change_of_both(was, held, wanted):
    if both_changed(was, held, wanted, PARTS):
        return
    found = merged(was, held, wanted, PARTS)

    for part in ("tz", "country"):
        mine, theirs, before = (getattr(form, part) for form in (wanted, held, was))
        assert getattr(found, part) == (theirs if mine == before else mine)


@given(forms, forms)
def test_alone_there_is_never_a_conflict(was, wanted):
    assert both_changed(was, was, wanted, PARTS) == ()
    assert merged(was, was, wanted, PARTS).country == wanted.country


def test_a_region_follows_its_country():
    was = HoursForm("24/7", country="DE", region="BY")
    mine = HoursForm("24/7", country="FI")
    theirs = HoursForm("24/7", country="DE", region="HE")
    assert merged(was, theirs, mine, PARTS).region == ""
    assert merged(was, theirs, was, PARTS).region == "HE"
    assert merged(was, HoursForm("24/7", country="FI"), was, PARTS).region == ""
