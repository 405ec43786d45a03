"""A week can be written as people write it; what it cannot be is said in a sentence at its field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hours.calendar_rules import ALL_WEEK, CalendarTextError
from bot.domain.hours.calendar_text import parse_rules, parse_spells, parse_week, rules_text, spells_text, week_text


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("Mon-Fri 09:00-12:00 13:00-17:00, Sat 10-14", "Mon-Fri 09:00-12:00 13:00-17:00, Sat 10:00-14:00"),
        ("Mon-Fri 13:00-17:00 9-12", "Mon-Fri 09:00-12:00 13:00-17:00"),
        ("Mon-Fri 9-12, 13-17", "Mon-Fri 09:00-12:00 13:00-17:00"),
        ("24/7", "24/7"),
        ("0-24", "24/7"),
        ("22:00-06:00", "Mon-Sun 22:00-06:00"),
        ("Mon, Wed, Fri 9-17", "Mon, Wed, Fri 09:00-17:00"),
        ("Monday – Friday: 9:00 – 17:00", "Mon-Fri 09:00-17:00"),
        ("mon to fri 9am to 5pm and sat 10 am-2 pm", "Mon-Fri 09:00-17:00, Sat 10:00-14:00"),
        ("Mon 12am-12pm", "Mon 00:00-12:00"),
        ("weekdays 8.30-16.30", "Mon-Fri 08:30-16:30"),
        ("Sun-Thu 9-18; Fri off", "Mon-Thu, Sun 09:00-18:00"),
        ("Fri-Mon 0-24", "Mon, Fri-Sun 00:00-24:00"),
        ("Mon 09:00-24:00", "Mon 09:00-24:00"),
        ("Mon-Fri 9-17\nSat 10-14", "Mon-Fri 09:00-17:00, Sat 10:00-14:00"),
        ("closed", "closed"),
    ],
)
def test_a_week_is_read_as_people_write_it(written: str, means: str):
    assert week_text(parse_week(written)) == means


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "Which days, from when to when? Write for example Mon-Fri 09:00-17:00, Sat 10:00-14:00."),
        ("Mon", "From when to when on Monday? Write for example Mon-Fri 09:00-17:00, Sat 10:00-14:00."),
        ("Mon 9", "“9” is no time of a day; write for example 09:00-17:00."),
        ("Mon 9-17 13", "“13” is no time of a day; write for example 09:00-17:00."),
        ("Mon 25:00-26:00", "“25:00” is no time of day; write for example 09:00 or 17:30."),
        ("Mon 13pm-5pm", "“13pm” is no time of day; write for example 09:00 or 17:30."),
        ("Mon 09:60-17:00", "“09:60” is no time of day; write for example 09:00 or 17:30."),
        ("T 9-17", "“t” is no day of the week; write for example Mon-Fri 09:00-17:00, Sat 10:00-14:00."),
        ("Caturday 9-17", "“caturday” is no day of the week; write for example Mon-Fri 09:00-17:00, Sat 10:00-14:00."),
        (
            "x" * 99 + " 9-17",
            f"“{'x' * 40}” is no day of the week; write for example Mon-Fri 09:00-17:00, Sat 10:00-14:00.",
        ),
        ("Mon " + "9" * 99, f"“{'9' * 40}” is no time of a day; write for example 09:00-17:00."),
        ("Mon 9-9", "09:00-09:00 ends as it starts; write 00:00-24:00 for a whole day."),
        (
            "Mon 9-13 12-17",
            "Monday 09:00-13:00 and Monday 12:00-17:00 cross each other; make one of them shorter.",
        ),
        (
            "Mon 22-6, Tue 5-9",
            "Monday 22:00-06:00 and Tuesday 05:00-09:00 cross each other; make one of them shorter.",
        ),
        (
            "Sun 22-6, Mon 5-9",
            "Sunday 22:00-06:00 and Monday 05:00-09:00 cross each other; make one of them shorter.",
        ),
    ],
)
def test_what_is_no_week_is_said_in_a_sentence(written: str, sentence: str):
    with pytest.raises(CalendarTextError) as raised:
        parse_week(written)
    assert (str(raised.value), raised.value.part) == (sentence, "week")


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("09:00-08:00", "09:00-08:00 would be 23 hours, through the night. Did you mean 09:00-20:00?"),
        ("9-5", "09:00-05:00 would be 20 hours, through the night. Did you mean 09:00-17:00?"),
        ("17:00-16:30", "17:00-16:30 would be 23.5 hours, through the night. Did you mean 16:30-17:00?"),
        ("14:00-06:01", "14:00-06:01 would be 16 hours, through the night. Did you mean 14:00-18:01?"),
    ],
)
def test_an_end_before_its_start_that_is_no_night_shift_is_asked_about(written: str, asked: str):
    with pytest.raises(CalendarTextError) as raised:
        parse_week(f"Mon-Fri {written}")
    assert str(raised.value).startswith(asked)


def test_a_night_shift_may_last_sixteen_hours_and_touch_the_next():
    assert week_text(parse_week("Mon 14:00-06:00, Tue 6-14")) == "Mon 14:00-06:00, Tue 06:00-14:00"


def test_a_calendar_in_one_line_may_begin_with_its_zone():
    rules = parse_rules("europe/helsinki Mon-Fri 9-17")
    assert rules.tz == "Europe/Helsinki"
    assert rules_text(rules) == "Europe/Helsinki Mon-Fri 09:00-17:00"
    assert parse_rules("UTC 24/7").tz == "UTC"
    assert parse_rules("24/7").tz is None
    assert parse_rules("24/7").week == ALL_WEEK


@pytest.mark.parametrize(
    "written",
    [
        *("Helsinki Mon-Fri 9-17", "Mon-Fri 9-17 Europe/Helsinki", "Mon-Fri 9-17, europe/helsinki"),
        *("Helsinki, Mon-Fri 9-17", "Mon-Fri 9-17 (Europe/Helsinki)"),
    ],
)
def test_a_zone_may_be_a_city_or_stand_behind(written: str):
    assert rules_text(parse_rules(written)) == "Europe/Helsinki Mon-Fri 09:00-17:00"


@pytest.mark.parametrize("zone", ["UTC+2", "GMT-05:00", "utc+5:30", "CEST", "PST", "BST"])
def test_an_offset_or_an_abbreviation_is_no_zone_and_a_place_is_asked_for(zone: str):
    with pytest.raises(CalendarTextError) as raised:
        parse_rules(f"{zone} Mon-Fri 9-17")
    assert raised.value.part == "tz"
    assert str(raised.value) == (
        f"“{zone}” does not say when clocks change; write a place, for example Europe/Helsinki Mon-Fri 09:00-17:00."
    )


def test_a_place_alone_still_needs_its_hours():
    for written in ("Europe/Helsinki", "Helsinki", "", "  ", ","):
        with pytest.raises(CalendarTextError, match="Which days, from when to when"):
            parse_rules(written)


def test_a_zone_that_does_not_exist_is_said_at_the_zone():
    with pytest.raises(CalendarTextError) as raised:
        parse_rules("Eurpe/Helsinki Mon-Fri 9-17")
    assert raised.value.part == "tz"
    assert str(raised.value) == "There is no time zone “Eurpe/Helsinki”; did you mean Europe/Helsinki?"


def test_a_day_of_its_own_may_be_closed():
    assert parse_spells("closed") == ()
    assert spells_text(parse_spells("9-12, 13-14")) == "09:00-12:00 13:00-14:00"
    assert spells_text(()) == "closed"


@pytest.mark.parametrize(
    "written", ["9" * 100_000, f"9{' ' * 100_000}9", "9-" * 50_000], ids=["digits", "blanks", "dashes"]
)
def test_endless_words_are_refused_at_once(written: str):
    """A pattern that began anew at every character would take hours."""
    for parse in (parse_week, parse_spells):
        with pytest.raises(CalendarTextError) as raised:
            parse(written)
        assert len(str(raised.value)) < 120


TIMES = st.times().map(lambda t: t.replace(minute=t.minute - t.minute % 15, second=0, microsecond=0))
DAY = st.lists(TIMES, max_size=6, unique=True).map(sorted).map(lambda t: tuple(zip(t[::2], t[1::2], strict=False)))


@given(st.tuples(*[DAY] * 7))
def test_every_week_is_read_as_it_is_written(week):
    if any(week):
        assert parse_week(week_text(week)) == week
