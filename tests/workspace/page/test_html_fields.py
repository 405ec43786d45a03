"""Fields and pickers of a form, as the browser gets them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from html_helpers import READER, draw, field_of, option, plain


@pytest.mark.parametrize(
    ("stamp", "local"),
    [
        ("2026-11-27T15:00", "2026-11-27T17:00"),
        ("2026-03-29T00:59", "2026-03-29T02:59"),  # just before the clocks go forward
        ("2026-03-29T01:00", "2026-03-29T04:00"),
        ("2026-10-25T00:30", "2026-10-25T03:30"),  # the first of the two
        ("2026-10-25T01:30", "2026-10-25T03:30"),  # the second: the exact instant stays beside it
    ],
)
def test_a_date_and_time_is_in_the_readers_zone_which_is_named(stamp, local):
    instant = int(datetime.fromisoformat(stamp).replace(tzinfo=UTC).timestamp())
    root = draw(field_of({"type": "datetimepicker", "action_id": "when", "initial_date_time": instant}))
    picker = root.one("input")
    assert (picker["type"], picker["value"], picker["data-instant"]) == ("datetime-local", local, str(instant))
    zone = root.one(id=str(picker["aria-describedby"]))
    assert (zone.text, zone["title"]) == ("Helsinki time", "Europe/Helsinki")
    assert datetime.fromtimestamp(instant, ZoneInfo(READER.tz)).strftime("%Y-%m-%dT%H:%M") == local


def test_a_field_is_tied_to_its_label_its_hint_and_what_is_wrong_with_it():
    element = {"type": "plain_text_input", "action_id": "words", "min_length": 2, "placeholder": plain("Write")}
    root = draw(field_of(element, hint=plain("Plainly.")), errors={"field": "Please write more."})
    text = root.one("input")
    assert root.one("label")["for"] == text["id"]
    described = [root.one(id=name).text for name in str(text["aria-describedby"]).split()]
    assert described == ["Plainly.", "Please write more."]
    assert (text["aria-invalid"], text["aria-required"]) == ("true", "true")
    assert (text["placeholder"], text["minlength"], text["maxlength"]) == ("Write", "2", "3000")
    calm = draw(field_of(element, optional=True))
    assert {"aria-invalid", "aria-required", "aria-describedby"}.isdisjoint(calm.one("input").attributes)
    assert calm.one("label").text == "Label (optional)"


@pytest.mark.parametrize("words", ["\n\nfirst lines are empty", "<b>&amp;\n", "x"])
def test_a_text_of_several_lines_keeps_every_character(words):
    element = {"type": "plain_text_input", "action_id": "words", "multiline": True, "initial_value": words}
    area = draw(field_of(element)).one("textarea")
    assert area.text == f"\n{words}"  # a browser drops the first line break of a textarea


@pytest.mark.parametrize(
    ("element", "kind", "attributes"),
    [
        ({"type": "email_text_input"}, "email", {}),
        ({"type": "url_text_input"}, "url", {}),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "1"}, "number", {"step": "any", "min": "1"}),
        ({"type": "number_input", "is_decimal_allowed": False}, "number", {"step": "1"}),
        ({"type": "datepicker", "initial_date": "2026-11-28"}, "date", {"value": "2026-11-28"}),
        ({"type": "timepicker", "initial_time": "09:30"}, "time", {"value": "09:30"}),
        ({"type": "file_input", "filetypes": ["pdf", "png"]}, "file", {"accept": ".pdf,.png", "multiple": ""}),
    ],
)
def test_every_field_is_the_browsers_own(element, kind, attributes):
    found = draw(field_of({"action_id": "x", **element})).one("input")
    assert found["type"] == kind
    assert {name: found[name] for name in attributes} == attributes


def test_a_field_presses_by_itself_only_where_its_block_dispatches():
    typed = {"type": "plain_text_input", "action_id": "x"}
    config = {"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    assert "data-dispatch" not in draw(field_of(typed)).one("input").attributes
    assert draw(field_of(typed, dispatch_action=True)).one("input")["data-dispatch"] == "on_enter_pressed"
    assert (
        draw(field_of({**typed, **config}, dispatch_action=True)).one("input")["data-dispatch"]
        == "on_character_entered"
    )
    menu = {"type": "static_select", "action_id": "x", "options": [option("One", "1")]}
    assert draw(field_of(menu, dispatch_action=True)).one("select")["data-dispatch"] == ""
