from datetime import UTC, datetime, timedelta

import pytest

from bot.suggest.times import client_time, days_words

NOW = datetime(2026, 11, 24, 11, 7, tzinfo=UTC)
"""A Tuesday, 13:07 in Helsinki."""

FRIDAY = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "told"),
    [
        (FRIDAY, "Friday, 27 November, 3:00 pm (Helsinki time)"),
        (NOW, "1:07 pm today (Helsinki time)"),
        (datetime(2026, 11, 24, 21, 59, tzinfo=UTC), "11:59 pm today (Helsinki time)"),
        (datetime(2026, 11, 24, 22, 0, tzinfo=UTC), "midnight tonight, at the end of Tuesday (Helsinki time)"),
        (datetime(2026, 11, 24, 22, 1, tzinfo=UTC), "12:01 am tomorrow, Wednesday (Helsinki time)"),
        (datetime(2026, 11, 25, 21, 59, tzinfo=UTC), "11:59 pm tomorrow, Wednesday (Helsinki time)"),
        (datetime(2026, 11, 25, 22, 0, tzinfo=UTC), "midnight at the end of tomorrow, Wednesday (Helsinki time)"),
        (datetime(2026, 11, 26, 22, 0, tzinfo=UTC), "midnight at the end of Thursday, 26 November (Helsinki time)"),
        (datetime(2026, 11, 23, 22, 0, tzinfo=UTC), "midnight at the end of Monday, 23 November (Helsinki time)"),
        (datetime(2026, 12, 31, 22, 0, tzinfo=UTC), "midnight at the end of Thursday, 31 December (Helsinki time)"),
        (datetime(2027, 1, 1, 22, 0, tzinfo=UTC), "midnight at the end of Friday, 1 January 2027 (Helsinki time)"),
        (datetime(2026, 11, 23, 13, 0, tzinfo=UTC), "Monday, 23 November, 3:00 pm (Helsinki time)"),
        (datetime(2026, 11, 25, 10, 0, tzinfo=UTC), "12:00 noon tomorrow, Wednesday (Helsinki time)"),
        (datetime(2027, 1, 8, 8, 30, tzinfo=UTC), "Friday, 8 January 2027, 10:30 am (Helsinki time)"),
    ],
)
def test_near_days_are_called_as_people_call_them_in_the_clients_own_day(instant, told):
    assert client_time(instant, "Europe/Helsinki", "en", NOW) == told


@pytest.mark.parametrize(
    ("tz", "told"),
    [
        ("Europe/Helsinki", "Friday, 27 November, 3:00 pm (Helsinki time)"),
        ("America/New_York", "Friday, 27 November, 8:00 am (New York time)"),
        ("America/Argentina/Buenos_Aires", "Friday, 27 November, 10:00 am (Buenos Aires time)"),
        ("Asia/Kolkata", "Friday, 27 November, 6:30 pm (Kolkata time)"),
        ("Pacific/Auckland", "Saturday, 28 November, 2:00 am (Auckland time)"),
        ("UTC", "Friday, 27 November, 1:00 pm (UTC)"),
        ("Etc/UTC", "Friday, 27 November, 1:00 pm (UTC)"),
        ("Etc/GMT+5", "Friday, 27 November, 8:00 am (UTC\u22125)"),
        ("Mars/Olympus", "Friday, 27 November, 1:00 pm (UTC)"),
        ("../../etc/passwd", "Friday, 27 November, 1:00 pm (UTC)"),
        ("", "Friday, 27 November, 1:00 pm (UTC)"),
    ],
)
def test_the_zone_is_the_clients_and_is_named(tz, told):
    assert client_time(FRIDAY, tz, "en", NOW) == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de", "Freitag, 27. November 2026, 15:00 (Helsinki)"),
        ("fi", "perjantai 27. marraskuuta 2026, 15.00 (Helsinki)"),
        ("sv", "fredag 27 november 2026, 15:00 (Helsingfors)"),
        ("zh", "2026年11月27日星期五, 15:00 (赫尔辛基)"),
        ("pt-BR", "sexta-feira, 27 de novembro de 2026, 15:00 (Helsinque)"),
        ("en-GB", "Friday, 27 November, 3:00 pm (Helsinki time)"),
        ("xx", "Friday, 27 November, 3:00 pm (Helsinki time)"),
        ("", "Friday, 27 November, 3:00 pm (Helsinki time)"),
        ("../de", "Friday, 27 November, 3:00 pm (Helsinki time)"),
    ],
)
def test_the_language_is_the_clients(language, told):
    assert client_time(FRIDAY, "Europe/Helsinki", language, NOW) == told


def test_an_hour_that_the_clock_shows_twice_names_its_offset():
    first = client_time(datetime(2026, 11, 1, 5, 30, tzinfo=UTC), "America/New_York", "en", NOW)
    second = client_time(datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "America/New_York", "en", NOW)
    assert first == "Sunday, 1 November, 1:30 am (New York time, UTC\u22124)"
    assert second == "Sunday, 1 November, 1:30 am (New York time, UTC\u22125)"


@pytest.mark.parametrize(
    ("tz", "told"),
    [
        ("Asia/Kolkata", "midnight tonight, at the end of Tuesday (Kolkata time)"),
        ("UTC", "6:30 pm today (UTC)"),
        ("Pacific/Auckland", "7:30 am today (Auckland time)"),
    ],
)
def test_midnight_is_the_clients_own(tz, told):
    """Half past six in the evening by UTC; in Auckland it is already Wednesday when it is said."""
    assert client_time(datetime(2026, 11, 24, 18, 30, tzinfo=UTC), tz, "en", NOW) == told


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (datetime(2026, 11, 23, 21, 59, tzinfo=UTC), "midnight at the end of tomorrow, Tuesday (Helsinki time)"),
        (datetime(2026, 11, 23, 22, 0, tzinfo=UTC), "midnight tonight, at the end of Tuesday (Helsinki time)"),
        (datetime(2026, 11, 24, 21, 59, tzinfo=UTC), "midnight tonight, at the end of Tuesday (Helsinki time)"),
        (datetime(2026, 11, 24, 22, 0, tzinfo=UTC), "midnight at the end of Tuesday, 24 November (Helsinki time)"),
    ],
)
def test_tonight_lasts_as_long_as_the_day(now, told):
    assert client_time(datetime(2026, 11, 24, 22, 0, tzinfo=UTC), "Europe/Helsinki", "en", now) == told


@pytest.mark.parametrize(
    ("instant", "tz", "told"),
    [
        (datetime(2026, 11, 1, 4, 0, tzinfo=UTC), "America/Havana", "Saturday, 31 October (Havana time, UTC\u22124)"),
        (datetime(2026, 11, 1, 5, 0, tzinfo=UTC), "America/Havana", "Saturday, 31 October (Havana time, UTC\u22125)"),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), "Asia/Beirut", "Saturday, 24 October (Beirut time)"),
    ],
)
def test_a_midnight_that_the_clock_shows_twice_names_its_offset(instant, tz, told):
    """Havana turns its clock back at one, to midnight; Beirut at midnight, to eleven: there it strikes but once."""
    assert client_time(instant, tz, "en", NOW) == f"midnight at the end of {told}"


def test_where_the_clock_skips_midnight_the_day_begins_at_one():
    begun = client_time(datetime(2026, 3, 28, 22, 0, tzinfo=UTC), "Asia/Beirut", "en", NOW)
    assert begun == "Sunday, 29 March, 1:00 am (Beirut time)"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de", "Samstag, 28. November 2026, 00:00 (Helsinki)"),
        ("fi", "lauantai 28. marraskuuta 2026, 0.00 (Helsinki)"),
    ],
)
def test_other_languages_keep_their_clock_at_midnight(language, told):
    assert client_time(datetime(2026, 11, 27, 22, 0, tzinfo=UTC), "Europe/Helsinki", language, NOW) == told


@pytest.mark.parametrize(
    ("ahead", "named"),
    [
        ((0, 1), "today or tomorrow"),
        ((0, 3), "today or on Friday"),
        ((1, 2), "tomorrow or on Thursday"),
        ((3, 6), "on Friday or Monday"),
        ((6, 7), "on Monday or Tuesday, 1 December"),
        ((41, 42), "on Monday, 4 January 2027 or Tuesday, 5 January 2027"),
        ((3,), "on Friday"),
    ],
)
def test_days_to_choose_from_are_named_as_people_name_them(ahead, named):
    """A Tuesday: the next one is called by its date, too."""
    today = NOW.date()
    assert days_words([today + timedelta(days=days) for days in ahead], today) == named
