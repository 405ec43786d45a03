import pytest

from bot.workspace.page.messages import KEPT
from bot.workspace.page.place import MOST_SHOWN, SHOWN, Place


def test_an_address_and_its_place_say_the_same():
    place = Place("mira", "requests", "1795416060.000100", 120)
    assert place.search == "?as=mira&in=requests&thread=1795416060.000100&shown=120"
    assert Place.of({"as": "mira", "in": "requests", "thread": "1795416060.000100", "shown": "120"}) == place


def test_what_an_address_does_not_name_is_as_it_is_at_first():
    assert Place.of({}) == Place("", "", "", SHOWN)
    assert Place("mira").search == "?as=mira"


@pytest.mark.parametrize("word", ["", "many", "-5", "0", "1e3", "²", "12345678901234567890"])
def test_what_is_no_number_of_messages_shows_the_usual_number(word):
    assert Place.of({"shown": word}).shown == SHOWN


def test_nobody_asks_for_more_messages_than_a_page_can_bear():
    assert Place.of({"shown": "99999"}).shown == MOST_SHOWN
    assert MOST_SHOWN * 4 < KEPT, "several pages that show all they can are remembered"


def test_a_name_without_end_is_cut():
    assert len(Place.of({"as": "x" * 9000, "in": "y" * 9000, "thread": "1" * 9000}).search) < 1000


def test_a_name_with_signs_survives_the_address():
    search = Place("a&b=c", "#x?y", "").search
    assert search == "?as=a%26b%3Dc&in=%23x%3Fy"
