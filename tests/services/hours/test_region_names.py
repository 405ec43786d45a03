"""A region by the name that somebody gives it."""

import pytest

from bot.domain.hours.calendars import CalendarTextError
from bot.services.hours import public_holidays
from bot.services.hours.region_names import ENGLISH


@pytest.mark.parametrize(
    ("country", "said", "code"),
    [
        ("DE", "Bavaria", "BY"),
        ("DE", " lower  saxony ", "NI"),
        ("DE", "Saxony", "SN"),
        ("AT", "VIENNA", "9"),
        ("CH", "Geneva", "GE"),
        ("DE", "Bayern", "BY"),
        ("DE", "by", "BY"),
    ],
)
def test_a_region_is_found_by_its_english_name_as_by_its_own(country: str, said: str, code: str):
    assert public_holidays.find_region(country, said) == code


def test_a_slip_in_an_english_name_is_answered_with_the_region():
    with pytest.raises(CalendarTextError, match=r"no region “Bavarria”; did you mean Bayern \(BY\)\?"):
        public_holidays.find_region("DE", "Bavarria")


def test_what_is_like_no_region_is_answered_with_those_there_are():
    with pytest.raises(CalendarTextError, match=r"it has .*Bayern"):
        public_holidays.find_region("DE", "Narnia")


@pytest.mark.parametrize("country", ENGLISH)
def test_every_english_name_is_of_a_region_that_is_known_and_of_no_other(country: str):
    known = public_holidays.regions(country)
    assert set(ENGLISH[country].values()) <= set(known)
    own = {name.casefold(): code for code, name in known.items()}
    assert all(own.get(name.casefold(), code) == code for name, code in ENGLISH[country].items())
