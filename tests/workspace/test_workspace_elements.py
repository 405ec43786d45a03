"""What a person may set an element to, and the state that Slack makes of it."""

from datetime import UTC, datetime

import pytest

from bot.workspace.elements import action, chosen_state
from bot.workspace.errors import ControlError
from bot.workspace.local_times import instant_of

MOMENT = {"type": "datetimepicker", "action_id": "when"}


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("local", "tz", "expected"),
    [
        ("2026-11-23T15:00", "Europe/Helsinki", "2026-11-23T13:00"),
        ("2026-11-23T15:00", "America/New_York", "2026-11-23T20:00"),
        ("2026-11-23T15:00", "Etc/UTC", "2026-11-23T15:00"),
        ("2026-03-29T02:59", "Europe/Helsinki", "2026-03-29T00:59"),  # just before the clocks skip an hour
        ("2026-03-29T03:00", "Europe/Helsinki", "2026-03-29T01:00"),  # skipped: the first time that exists
        ("2026-03-29T03:30", "Europe/Helsinki", "2026-03-29T01:00"),  # skipped likewise
        ("2026-03-29T04:00", "Europe/Helsinki", "2026-03-29T01:00"),  # just after
        ("2026-03-29T04:01", "Europe/Helsinki", "2026-03-29T01:01"),
        ("2026-10-25T02:59", "Europe/Helsinki", "2026-10-24T23:59"),  # just before the hour that comes twice
        ("2026-10-25T03:00", "Europe/Helsinki", "2026-10-25T00:00"),  # the first of the two
        ("2026-10-25T03:59", "Europe/Helsinki", "2026-10-25T00:59"),  # likewise
        ("2026-10-25T04:00", "Europe/Helsinki", "2026-10-25T02:00"),  # just after both
        ("2026-03-08T02:30", "America/New_York", "2026-03-08T07:00"),  # skipped on the other continent's day
        ("2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-04T14:45"),  # half an hour comes twice
        ("2011-12-30T12:00", "Pacific/Apia", "2011-12-30T10:00"),  # a whole day was skipped
    ],
)
def test_a_local_time_is_the_first_instant_that_it_can_mean_in_the_persons_zone(local, tz, expected):
    assert chosen_state(MOMENT, local, tz)["selected_date_time"] == utc(expected)


@pytest.mark.parametrize("given", [1_795_791_600, "1795791600", "2026-11-27T17:00:00+02:00"])
def test_an_instant_stays_an_instant_in_every_zone(given):
    assert chosen_state(MOMENT, given, "America/New_York")["selected_date_time"] == utc("2026-11-27T15:00")


@pytest.mark.parametrize("given", ["tomorrow", "2026-13-01T00:00", True, [1], {"a": 1}])
def test_what_is_no_time_is_refused_with_a_sentence(given):
    with pytest.raises(ControlError, match="is no date and time; write it like"):
        instant_of(given, "Etc/UTC")


@pytest.mark.parametrize("nothing", ["", None])
@pytest.mark.parametrize(
    ("element", "field", "empty"),
    [
        (MOMENT, "selected_date_time", None),
        ({"type": "datepicker", "action_id": "day"}, "selected_date", None),
        ({"type": "plain_text_input", "action_id": "words"}, "value", None),
        ({"type": "static_select", "action_id": "one", "options": []}, "selected_option", None),
        ({"type": "multi_users_select", "action_id": "many"}, "selected_users", []),
    ],
)
def test_nothing_clears(element, field, empty, nothing):
    assert chosen_state(element, nothing, "Etc/UTC") == {"type": element["type"], field: empty}


def test_typed_words_become_rich_text_and_nothing_in_them_is_markup():
    state = chosen_state({"type": "rich_text_input", "action_id": "words"}, "<!channel> a & b", "Etc/UTC")
    (section,) = state["rich_text_value"]["elements"]
    assert section["elements"] == [{"type": "text", "text": "<!channel> a & b"}]


def test_a_menu_that_the_app_fills_takes_the_options_that_it_offered():
    element = {"type": "external_select", "action_id": "client"}
    offered = {"text": {"type": "plain_text", "text": "Acme"}, "value": "7"}
    assert chosen_state(element, offered, "Etc/UTC")["selected_option"] == offered
    with pytest.raises(ControlError, match="options that the app offers"):
        chosen_state(element, "7", "Etc/UTC")


def test_feedback_says_which_of_its_two_buttons_was_pressed():
    sides = {
        f"{name}_button": {"text": {"type": "plain_text", "text": text}, "value": value}
        for name, text, value in (("positive", "Good", "yes"), ("negative", "Bad", "no"))
    }
    element = {"type": "feedback_buttons", "action_id": "liked", **sides}
    block = {"type": "context_actions", "block_id": "row"}
    pressed = action(block, element, "no", "1.0", "Etc/UTC")
    assert (pressed["type"], pressed["value"], pressed["text"]["text"]) == ("feedback_buttons", "no", "Bad")
    with pytest.raises(ControlError, match="liked takes yes or no"):
        action(block, element, None, "1.0", "Etc/UTC")
