"""A thing goes by its name or the beginning of it; who misses hears what there is, and of a long list the nearest."""

from zoneinfo import available_timezones

import pytest

from bot.workspace.hands.naming import FEW, AmbiguousError, NotThereError, enumerate_names, pick

ZONES = sorted(zone for zone in available_timezones() if "/" in zone)


def missed(wanted: str, things: list[str]) -> str:
    with pytest.raises((NotThereError, AmbiguousError)) as caught:
        pick(wanted, things, str, "option")
    return str(caught.value)


def test_of_a_short_list_all_names_are_said():
    names = [f"Name {number}" for number in range(FEW)]
    assert missed("Nobody", names) == f"no option is called 'Nobody'; there is {enumerate_names(names)}"
    assert missed("Name", names) == f"'Name' could be {enumerate_names(names)}; say which option"
    assert missed("Nobody", []) == "no option is called 'Nobody'; there is no option here"


@pytest.mark.parametrize(
    ("wanted", "nearest"),
    [
        ("Europe/Helsinky", "Europe/Helsinki"),
        ("europe/helsinky", "Europe/Helsinki"),
        ("Helsinki", "Europe/Helsinki"),
        ("new york", "America/New_York"),
        ("Asia/Calcuta", "Asia/Calcutta"),
        ("Amerika/Chicago", "America/Chicago"),
    ],
)
def test_of_a_long_list_the_three_nearest_are_said_and_where_the_rest_is(wanted: str, nearest: str):
    said = missed(wanted, ZONES)
    begins, _, rest = said.partition(f"of {len(ZONES)} are ")
    assert begins == f"no option is called {wanted!r}; the nearest "
    assert rest.startswith(f"“{nearest}”")
    assert rest.count("“") == 3
    assert rest.endswith("; all of them are in the menu on the workspace's page")


def test_of_a_long_list_nothing_near_is_three_of_it():
    assert missed("zzzzz", ZONES).count("“") == 3
    assert missed("", ZONES).count("“") == 3


def test_only_options_stand_in_a_menu():
    with pytest.raises(NotThereError) as caught:
        pick("nobody", [f"person-{number}" for number in range(99)], str, "person")
    assert str(caught.value) == (
        "no person is called 'nobody'; the nearest of 99 are “person-0”, “person-1” and “person-2”"
    )


def test_many_that_could_be_meant_are_counted():
    said = missed("America/", ZONES)
    many = sum(zone.startswith("America/") for zone in ZONES)
    assert said == f"'America/' could be {enumerate_names(ZONES_OF_AMERICA)} or {many - 3} more; say which option"


ZONES_OF_AMERICA = [zone for zone in ZONES if zone.startswith("America/")][:3]
