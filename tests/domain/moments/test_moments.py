"""Times as people type them. It is Wednesday 25 November 2026, 11:30 in Helsinki, unless a test says otherwise."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.away.absences import check_spell
from bot.domain.local_times import moment_words, zone
from bot.domain.moments.moments import MomentError, read_moment, read_span

HELSINKI = ZoneInfo("Europe/Helsinki")
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
THE_27TH = datetime(2026, 12, 27, 10, 0, tzinfo=UTC)


def spoken(text: str, now: datetime = NOW, tz: ZoneInfo = HELSINKI) -> str:
    span = read_span(text, now=now, tz=tz)
    start = "now" if span.starts_at == now else moment_words(span.starts_at, tz, now)
    return f"{start} - {moment_words(span.ends_at, tz, now)}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("until Fri", "now - Sat 28 Nov, 00:00"),
        ("until friday.", "now - Sat 28 Nov, 00:00"),
        ("UNTIL  Fri", "now - Sat 28 Nov, 00:00"),
        ("until tomorrow", "now - Fri 27 Nov, 00:00"),
        ("until 15:30", "now - Wed 25 Nov, 15:30"),
        ("until 3:30 pm", "now - Wed 25 Nov, 15:30"),
        ("until noon", "now - Wed 25 Nov, 12:00"),
        ("until midnight", "now - Thu 26 Nov, 00:00"),
        ("until 24:00", "now - Thu 26 Nov, 00:00"),
        ("until 0:00", "now - Thu 26 Nov, 00:00"),
        ("until 00:00", "now - Thu 26 Nov, 00:00"),
        ("until tomorrow 00:00", "now - Thu 26 Nov, 00:00"),
        ("from 22:00 until 0:00", "Wed 25 Nov, 22:00 - Thu 26 Nov, 00:00"),
        ("until Fri noon", "now - Fri 27 Nov, 12:00"),
        ("until Fri 27 Nov 2026 12:00", "now - Fri 27 Nov, 12:00"),
        ("until the 24th of December", "now - Fri 25 Dec, 00:00"),
        ("until 2 Jan", "now - Sun 3 Jan 2027, 00:00"),
        ("until Wed", "now - Thu 26 Nov, 00:00"),
        ("today", "Wed 25 Nov, 00:00 - Thu 26 Nov, 00:00"),
        ("tomorrow", "Thu 26 Nov, 00:00 - Fri 27 Nov, 00:00"),
        ("all day tomorrow", "Thu 26 Nov, 00:00 - Fri 27 Nov, 00:00"),
        ("the day after tomorrow", "Fri 27 Nov, 00:00 - Sat 28 Nov, 00:00"),
        ("tomorrow morning", "Thu 26 Nov, 00:00 - Thu 26 Nov, 12:00"),
        ("this afternoon", "Wed 25 Nov, 12:00 - Thu 26 Nov, 00:00"),
        ("tomorrow 14:00-16:00", "Thu 26 Nov, 14:00 - Thu 26 Nov, 16:00"),
        ("tomorrow from 2pm to 4pm", "Thu 26 Nov, 14:00 - Thu 26 Nov, 16:00"),
        ("tomorrow - Fri", "Thu 26 Nov, 00:00 - Sat 28 Nov, 00:00"),
        ("14:00-16:00", "Wed 25 Nov, 14:00 - Wed 25 Nov, 16:00"),
        ("14:00\u201316:00", "Wed 25 Nov, 14:00 - Wed 25 Nov, 16:00"),
        ("2-4pm", "Wed 25 Nov, 14:00 - Wed 25 Nov, 16:00"),
        ("11-2pm", "Wed 25 Nov, 11:00 - Wed 25 Nov, 14:00"),
        ("22:00-06:00", "Wed 25 Nov, 22:00 - Thu 26 Nov, 06:00"),
        ("from 14:00 until tomorrow 12:00", "Wed 25 Nov, 14:00 - Thu 26 Nov, 12:00"),
        ("from Mon 09:00 until Wed 12:00", "Mon 30 Nov, 09:00 - Wed 2 Dec, 12:00"),
        ("from now until Fri", "now - Sat 28 Nov, 00:00"),
        ("Mon", "Mon 30 Nov, 00:00 - Tue 1 Dec, 00:00"),
        ("Mon, 30 Nov", "Mon 30 Nov, 00:00 - Tue 1 Dec, 00:00"),
        ("Mon-Fri", "Mon 30 Nov, 00:00 - Sat 5 Dec, 00:00"),
        ("Fri - Mon", "Fri 27 Nov, 00:00 - Tue 1 Dec, 00:00"),
        ("next Mon", "Mon 30 Nov, 00:00 - Tue 1 Dec, 00:00"),
        ("next Fri", "Fri 4 Dec, 00:00 - Sat 5 Dec, 00:00"),
        ("this Fri", "Fri 27 Nov, 00:00 - Sat 28 Nov, 00:00"),
        ("this week", "Wed 25 Nov, 00:00 - Mon 30 Nov, 00:00"),
        ("next week", "Mon 30 Nov, 00:00 - Mon 7 Dec, 00:00"),
        ("24 Dec - 2 Jan", "Thu 24 Dec, 00:00 - Sun 3 Jan 2027, 00:00"),
        ("24-27 Dec", "Thu 24 Dec, 00:00 - Mon 28 Dec, 00:00"),
        ("Dec 24-27", "Thu 24 Dec, 00:00 - Mon 28 Dec, 00:00"),
        ("24.-27.12.", "Thu 24 Dec, 00:00 - Mon 28 Dec, 00:00"),
        ("24.12.2026 - 2.1.2027", "Thu 24 Dec, 00:00 - Sun 3 Jan 2027, 00:00"),
        ("24/12", "Thu 24 Dec, 00:00 - Fri 25 Dec, 00:00"),
        ("2026-12-24 - 2027-01-02", "Thu 24 Dec, 00:00 - Sun 3 Jan 2027, 00:00"),
        ("2026-12-24T14:00 - 2026-12-24T16:00", "Thu 24 Dec, 14:00 - Thu 24 Dec, 16:00"),
        ("20 Nov - 30 Nov", "Fri 20 Nov, 00:00 - Tue 1 Dec, 00:00"),
        ("for 3 days", "now - Sat 28 Nov, 00:00"),
        ("3 days", "now - Sat 28 Nov, 00:00"),
        ("for a week", "now - Wed 2 Dec, 00:00"),
        ("2h", "now - Wed 25 Nov, 13:30"),
        ("for 90 min", "now - Wed 25 Nov, 13:00"),
        ("from Mon for 2 weeks", "Mon 30 Nov, 00:00 - Mon 14 Dec, 00:00"),
        ("from Fri 14:00 for 2 hours", "Fri 27 Nov, 14:00 - Fri 27 Nov, 16:00"),
        ("\uff12\uff14 Dec", "Thu 24 Dec, 00:00 - Fri 25 Dec, 00:00"),
    ],
)
def test_a_span_is_understood_as_people_mean_it(typed: str, meant: str):
    assert spoken(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("24 Dec - 2 Jan", "Thu 24 Dec, 00:00 - Sun 3 Jan 2027, 00:00"),
        ("24-29 Dec", "Thu 24 Dec, 00:00 - Wed 30 Dec, 00:00"),
        ("next week", "Mon 28 Dec, 00:00 - Mon 4 Jan 2027, 00:00"),
        ("until Fri", "now - Sat 2 Jan 2027, 00:00"),
    ],
)
def test_what_has_begun_already_is_no_year_away(typed: str, meant: str):
    assert spoken(typed, THE_27TH) == meant


@pytest.mark.parametrize(
    ("typed", "sentence", "at_end"),
    [
        ("", "From when until when?", False),
        ("until", "Until when?", True),
        ("from Fri", "Until when?", True),
        ("14:00", "Until when?", True),
        ("Fri 14:00", "Until when?", True),
        ("tomorrow at 25:00", "There is no 25:00: a day goes from 00:00 to 24:00.", False),
        ("until 14:61", "There is no 14:61", True),
        ("until 13pm", "There is no 13pm", True),
        ("0am-1pm", "There is no 0am", False),
        ("30 Feb", "There is no 30 Feb.", False),
        ("until 30 Feb", "There is no 30 Feb.", True),
        ("29 Feb 2027", "There is no 29 Feb.", False),
        ("until 2027-02-30", "There is no 2027-02-30.", True),
        ("31.11.", "There is no 31.11.", False),
        ("until 14.30", "A time is written with a colon, like 14:30", False),
        ("3/4", "Please write the month in letters", False),
        ("Fri 28 Nov", "28 Nov is a Saturday.", False),
        ("until 20 Nov", "Fri 20 Nov is past.", True),
        ("20 Nov", "Fri 20 Nov is past.", False),
        ("10 Jan - 5 Jan", "5 Jan comes before 10 Jan.", True),
        ("9-12", "Is “9” a time or a day?", False),
        ("until 5", "Is “5” a time or a day?", True),
        ("until 25", "Is “25” a day? Then name its month too.", True),
        ("until 2027", "“2027” is neither a day nor a time.", True),
        ("until 5 min", "“5 min” says how long, not when.", True),
        ("until 2 hours", "“2 hours” says how long, not when.", True),
        ("until -1h", "“-1 h” would be over before it begins.", True),
        ("-1h", "“-1 h” would be over before it begins.", True),
        ("for -2 days", "“-2 days” would be over before it begins.", True),
        ("bis Freitag", "I do not understand “bis”. I read days and times in English.", False),
        ("until Freitag", "I do not understand “freitag”. I read days and times in English.", True),
        ("for", "For how long?", True),
        ("\U0001f334", "I do not understand “\U0001f334”", False),
        ("until Fri until Sat", "I read two ends", True),
        ("1 Dec 2 Dec", "I read two days", False),
        ("until 14:00 15:00", "I read two times", True),
        ("from Fri for 2 hours", "From what time on that day?", False),
        ("for ever", "How long is “ever”?", True),
        ("for 0 days", "no length of time", True),
        ("until 31 Dec 9999", "That is too far away.", False),
        ("blah", "I do not understand “blah”", False),
        ("until Fri \U0001f600", "I do not understand “\U0001f600”", True),
        ("until Monster", "I do not understand “monster”", True),
        ("x" * 5000, "That is too long", False),
    ],
)
def test_what_cannot_be_meant_is_answered_in_a_sentence_at_its_place(typed: str, sentence: str, at_end: bool):
    with pytest.raises(MomentError) as refused:
        read_span(typed, now=NOW, tz=HELSINKI)
    assert sentence in refused.value.sentence
    assert refused.value.at_end is at_end
    assert len(refused.value.sentence) < 250


SPRING = datetime(2027, 3, 27, 12, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "now", "tz", "ends_at", "note"),
    [
        (
            "until tomorrow 03:30",
            SPRING,
            "Europe/Helsinki",
            "2027-03-28T01:30",
            "03:30 does not exist on Sun 28 Mar, so I take 04:30.",
        ),
        ("until tomorrow 02:59", SPRING, "Europe/Helsinki", "2027-03-28T00:59", ""),
        ("until tomorrow 04:00", SPRING, "Europe/Helsinki", "2027-03-28T01:00", ""),
        (
            "until tomorrow 03:30",
            AUTUMN,
            "Europe/Helsinki",
            "2026-10-25T00:30",
            "03:30 comes twice on Sun 25 Oct; I take the first.",
        ),
        ("until tomorrow 04:00", AUTUMN, "Europe/Helsinki", "2026-10-25T02:00", ""),
        ("tomorrow", AUTUMN, "Europe/Helsinki", "2026-10-25T22:00", ""),
        (
            "until 4 Oct 02:15",
            datetime(2026, 10, 3, tzinfo=UTC),
            "Australia/Lord_Howe",
            "2026-10-03T15:45",
            "02:15 does not exist on Sun 4 Oct, so I take 02:45.",
        ),
        (
            "until 28 Mar 02:30",
            SPRING,
            "Antarctica/Troll",
            "2027-03-28T02:30",
            "02:30 does not exist on Sun 28 Mar, so I take 04:30.",
        ),
    ],
)
def test_times_that_do_not_exist_or_come_twice_are_said(typed: str, now: datetime, tz: str, ends_at: str, note: str):
    span = read_span(typed, now=now, tz=ZoneInfo(tz))
    assert span.ends_at == datetime.fromisoformat(ends_at).replace(tzinfo=UTC)
    assert span.notes == ((note,) if note else ())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Fri 14:00", "Fri 27 Nov, 14:00"), ("now", "Wed 25 Nov, 11:30"), ("24 Dec", "Thu 24 Dec, 00:00"),
     ("15:30", "Wed 25 Nov, 15:30"), ("2026-12-24 09:00", "Thu 24 Dec, 09:00")],
)  # fmt: skip
def test_one_moment_is_understood(typed: str, meant: str):
    assert moment_words(read_moment(typed, now=NOW, tz=HELSINKI).at, HELSINKI, NOW) == meant


@pytest.mark.parametrize("typed", ["", "14:00-16:00", "for 2 hours", "5", "until Fri"])
def test_a_span_is_no_moment(typed: str):
    with pytest.raises(MomentError):
        read_moment(typed, now=NOW, tz=HELSINKI)


_WORDS = (
    "until from for 24 Dec Jan 30 Feb - Fri next week tomorrow 14:00 2pm 25:00 9999 2026-12-24 3/4 24.12. @ h days now "
    "year 6 months"
)


ODD = (
    "", "until", "from Fri", "Fri 14:00", "14:00", "until now", "tomorrow at 25:00", "until 14:61", "30 Feb", "until 5",
    "until 25", "9-12", "2027", "until 14.30", "3/4", "until 20 Nov", "20 Nov", "29 Feb", "until 29 Feb", "blah",
    "bis Freitag", "until 9999-12-31", "until 5 min", "until 5000 days", "until 99 weeks", "until 0 h", "until -1h",
    "for 0 days", "for ever", "for 2", "for", "until Fri until Sat", "1 Dec 2 Dec", "until 14:00 15:00", "x" * 10_000,
    "from Fri for 2 hours", "\U0001f334", "10 Jan - 5 Jan", "Fri 28 Nov", "until 11 months", "until 1 year",
)  # fmt: skip
ANY_DAY = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1))  # noqa: DTZ001 - the zone follows
ZONES = st.sampled_from(["Europe/Helsinki", "Asia/Kathmandu", "Pacific/Apia", "America/New_York", "Asia/Beirut"])


@given(st.sampled_from(ODD) | st.lists(st.sampled_from(_WORDS.split())).map(" ".join), ANY_DAY, ZONES)
def test_the_example_of_a_refusal_can_be_entered_on_any_day_at_any_hour(typed: str, now: datetime, tz: str):
    now, zone_of = now.replace(tzinfo=UTC), ZoneInfo(tz)
    try:
        read_span(typed, now=now, tz=zone_of)
    except MomentError as error:
        span = read_span(error.example, now=now, tz=zone_of)
        assert check_spell(span.starts_at, span.ends_at, now=now, tz=zone_of)


@given(st.text() | st.lists(st.sampled_from(_WORDS.split())).map(" ".join), ANY_DAY, ZONES)
def test_whatever_is_typed_is_a_span_or_a_sentence(typed: str, now: datetime, tz: str):
    try:
        span = read_span(typed, now=now.replace(tzinfo=UTC), tz=ZoneInfo(tz))
    except MomentError as error:
        said = error.sentence
    else:
        said = "."
        assert span.starts_at.utcoffset() == span.ends_at.utcoffset() == timedelta()
    assert said.endswith((".", "?"))


def test_a_zone_that_nobody_knows_is_utc():
    assert zone("Mars/Olympus") is UTC
    assert zone("../etc/passwd") is UTC
