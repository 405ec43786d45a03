"""What a person means: a time in their words, a button by its label, a field by its name."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.workspace.errors import ControlError
from bot.workspace.finding import find_to_press
from bot.workspace.hands.forms import complaints, filled_in
from bot.workspace.hands.pressing import find_press
from bot.workspace.hands.settings import Surroundings
from bot.workspace.hands.times import parse_span, parse_time
from bot.workspace.render import Reader

Json = dict[str, Any]
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC).timestamp()  # a Monday, 14:00 in Helsinki


def ids(prefix: str, known: dict[str, str]):
    def find(name: str) -> str:
        if name.lstrip("@#") not in known:
            raise ControlError(f"there is no {name}")
        return prefix + known[name.lstrip("@#")]

    return find


MIRA = Surroundings("Europe/Helsinki", NOW, ids("U", {"jonas": "1"}), ids("C", {"requests": "1"}))


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(text: str) -> Json:
    return {"text": plain(text), "value": text.lower()}


def button(text: str) -> Json:
    return {"type": "button", "action_id": text.lower(), "text": plain(text), "value": "142"}


CARD: list[Json] = [
    {
        "type": "section",
        "block_id": "top",
        "text": plain("Category"),
        "accessory": {
            "type": "static_select",
            "action_id": "category",
            "options": [option("Support"), option("Billing")],
        },
    },
    {
        "type": "actions",
        "block_id": "do",
        "elements": [
            button("Claim"),
            button("Acknowledge, back within 2 h"),
            button("Answer"),
            button("⚠️ Tell them"),
            button(":wave: Greet"),
            {"type": "overflow", "action_id": "more", "options": [option("Park"), option("Release")]},
            {"type": "users_select", "action_id": "to", "placeholder": plain("Hand over to")},
            {"type": "datetimepicker", "action_id": "until"},
        ],
    },
]


def field(label: str, element: Json, **more: Any) -> Json:
    block_id = label.lower()
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {**element, "action_id": "x"},
        **more,
    }


FORM: Json = {
    "blocks": [
        {"type": "section", "block_id": "s", "text": plain("To Acme")},
        field("Reply", {"type": "plain_text_input", "max_length": 20, "min_length": 2}),
        field("When", {"type": "datetimepicker"}, optional=True),
        field("Kind", {"type": "static_select", "options": [option("Hear"), option("Have")]}, optional=True),
        field("Copies", {"type": "multi_users_select"}, optional=True),
        field("Mail", {"type": "email_text_input"}, optional=True),
        field("Page", {"type": "url_text_input"}, optional=True),
        field("Hours", {"type": "number_input", "is_decimal_allowed": False, "max_value": "9"}, optional=True),
    ]
}


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("now", "2026-11-23 12:00"),
        ("+1h", "2026-11-23 13:00"),
        ("15:00", "2026-11-23 13:00"),
        ("14:00", "2026-11-24 12:00"),  # now is not the next one
        ("tomorrow 08:30", "2026-11-24 06:30"),
        ("Tomorrow at 8.30", "2026-11-24 06:30"),
        ("today 09:00", "2026-11-23 07:00"),
        ("fri 16:15", "2026-11-27 14:15"),
        ("monday 13:59", "2026-11-30 11:59"),
        ("mon 14:01", "2026-11-23 12:01"),
        ("2h", "2026-11-23 14:00"),
        ("in 2 hours", "2026-11-23 14:00"),
        ("in an hour and 30 minutes", "2026-11-23 13:30"),
        ("in a day", "2026-11-24 12:00"),
        ("90 min", "2026-11-23 13:30"),
        ("tue", "2026-11-24 07:00"),
        ("mon", "2026-11-30 07:00"),  # nine of this Monday is over
        ("tomorrow", "2026-11-24 07:00"),
        ("friday 17", "2026-11-27 15:00"),
        ("fri at 5 pm", "2026-11-27 15:00"),
        ("8:30 a.m.", "2026-11-24 06:30"),
        ("12 am", "2026-11-23 22:00"),
        ("tomorrow 12pm", "2026-11-24 10:00"),
        ("2026-11-23 15:00", "2026-11-23 13:00"),
        ("2026-11-23T15:00", "2026-11-23 13:00"),
        ("2026-07-01 15:00", "2026-07-01 12:00"),  # summer time
        ("2027-03-28 03:30", "2027-03-28 01:30"),  # skipped by the clocks
        ("2026-10-25 03:30", "2026-10-25 00:30"),  # there twice: the first
    ],
)
def test_a_time_is_understood_in_the_persons_zone(words: str, there: str):
    instant = parse_time(words, NOW, "Europe/Helsinki")
    assert f"{datetime.fromtimestamp(instant, UTC):%Y-%m-%d %H:%M}" == there


@pytest.mark.parametrize(
    "words",
    ["", "soon", "25:00", "17", "today", "13 pm", "0 am", "2 horses", "someday 15:00", "2026-02-30 10:00", "m 10:00"],
)
def test_a_time_nobody_understands_is_refused_with_examples(words: str):
    with pytest.raises(ControlError, match="tomorrow 08:30"):
        parse_time(words, NOW, "Europe/Helsinki")


def test_lengths_of_time_add_up():
    assert parse_span("+1h30m") == 5400
    assert parse_span("1d 2 h") == 93_600
    assert parse_span("2 hours, 5 minutes and 1 second") == 7501
    with pytest.raises(ControlError, match="no length of time"):
        parse_span("an hour")


@pytest.mark.parametrize(
    ("label", "action_id", "entry"),
    [
        ("Claim", "claim", {}),
        ("claim", "claim", {}),
        ("ack", "acknowledge, back within 2 h", {}),
        ("tell them", "⚠️ tell them", {}),
        ("greet", ":wave: greet", {}),
        ("Billing", "category", {"type": "static_select", "selected_option": option("Billing")}),
        ("park", "more", {"type": "overflow", "selected_option": option("Park")}),
        ("category=supp", "category", {"type": "static_select", "selected_option": option("Support")}),
        ("Hand over=@jonas", "to", {"type": "users_select", "selected_user": "U1"}),
        ("datetimepicker=15:00", "until", {"type": "datetimepicker", "selected_date_time": int(NOW + 3600)}),
    ],
)
def test_a_label_finds_what_to_press(label: str, action_id: str, entry: Json):
    press = find_press(CARD, label, MIRA)
    assert (press.action_id, press.entry) == (action_id, entry)


def test_a_label_that_fits_twice_or_never_names_what_there_is():
    with pytest.raises(ControlError, match="“Acknowledge, back within 2 h” and “Answer”"):
        find_press(CARD, "a", MIRA)
    with pytest.raises(ControlError, match=r"there is “Claim”, .* menus: “Category”"):
        find_press(CARD, "Delete", MIRA)
    with pytest.raises(ControlError, match="nothing to press here"):
        find_press([{"type": "divider"}], "Claim", MIRA)


def test_a_form_is_filled_in_by_the_names_of_its_fields():
    fields = {"reply": "Thanks", "When": "2026-11-23 15:00", "kind": "have", "Copies": "@jonas", "mail": ""}
    assert filled_in(FORM, fields, MIRA) == {
        "reply": {"x": {"type": "plain_text_input", "value": "Thanks"}},
        "when": {"x": {"type": "datetimepicker", "selected_date_time": int(NOW + 3600)}},
        "kind": {"x": {"type": "static_select", "selected_option": option("Have")}},
        "copies": {"x": {"type": "multi_users_select", "selected_users": ["U1"]}},
        "mail": {"x": {"type": "email_text_input", "value": None}},
    }


def test_a_field_that_is_not_there_or_cannot_take_the_words_is_said():
    with pytest.raises(ControlError, match="no field is called 'Subject'; there is “Reply”"):
        filled_in(FORM, {"Subject": "x"}, MIRA)
    with pytest.raises(ControlError, match="When: 'soon' is no time"):
        filled_in(FORM, {"When": "soon"}, MIRA)
    with pytest.raises(ControlError, match="Kind: no option is called 'Maybe'; there is “Hear” and “Have”"):
        filled_in(FORM, {"Kind": "Maybe"}, MIRA)


@pytest.mark.parametrize(
    ("label", "value", "sentence"),
    [
        ("reply", None, "Please complete this required field."),
        ("reply", "x", "Please enter at least 2 characters."),
        ("reply", "x" * 21, "Please enter at most 20 characters."),
        ("mail", "nobody", "Please enter a valid email address."),
        ("page", "example", "Please enter a valid URL."),
        ("hours", "two", "Please enter a valid number."),
        ("hours", "1.5", "Please enter a whole number."),
        ("hours", "10", "Please enter a number of at most 9."),
    ],
)
def test_slack_complains_at_a_field_before_it_sends_the_form(label: str, value: str | None, sentence: str):
    entries = {"reply": {"x": {"value": "Thanks"}}} | {label: {"x": {"value": value}}}
    assert complaints(FORM, entries) == {label: sentence}


def test_a_form_without_faults_has_no_complaints():
    assert complaints(FORM, {"reply": {"x": {"value": "Thanks"}}, "hours": {"x": {"value": "9"}}}) == {}


def asked(number: int, words: str, *elements: Json) -> list[Json]:
    text = {"type": "mrkdwn", "text": f"*#{number} · Acme* · {words}"}
    top = {"type": "section", "block_id": f"top{number}", "text": text}
    return [top, {"type": "actions", "block_id": f"do{number}", "elements": list(elements)}]


LONG = "Could you add a careers page with a small form to it?"
PILE: Json = {
    "ts": "1.0",
    "blocks": [
        *asked(12, "Our login is broken", button("Claim"), button("Show")),
        *asked(13, LONG, button("Claim"), button("Claim again")),
    ],
}


def pressed(label: str, *messages: Json) -> str:
    return find_to_press([*messages] or [PILE], label, MIRA, Reader("UTC", NOW))[1].block_id


def refused(label: str, *messages: Json) -> str:
    with pytest.raises(ControlError) as caught:
        pressed(label, *messages)
    return str(caught.value)


def test_a_button_that_a_message_has_twice_is_named_with_what_stands_beside_it():
    assert refused("claim") == (
        "'claim' could be “Claim#1” (#12 · Acme · Our login is broken) and "
        "“Claim#2” (#13 · Acme · Could you add a careers pa…); say which button, "
        "or name another message with --message: its number, or some of its words"
    )


@pytest.mark.parametrize(
    ("label", "block_id"),
    [("Claim#1", "do12"), ("Claim#2", "do13"), ("claim #2", "do13"), ("Claim a#1", "do13"), ("Sh#1", "do12")],
)
def test_the_number_behind_a_name_tells_two_of_that_name_apart(label: str, block_id: str):
    assert pressed(label) == block_id


def test_a_number_that_none_has_says_how_many_there_are():
    assert refused("Claim#3") == "there is no 'Claim#3': “Claim” stands here 2 times"
    assert refused("Claim#0") == "there is no 'Claim#0': “Claim” stands here 2 times"
    assert refused("Show#2") == "there is no 'Show#2': “Show” stands here once"
    assert refused("Cl#2").startswith("'Cl' could be “Claim#1” (#12")
    assert refused("Delete#2").startswith("nothing to press is called 'Delete#2'; there is “Claim”")
    assert refused("#2").startswith("nothing to press is called '#2'")
    assert refused("Claim#" + "9" * 5000).startswith("nothing to press is called 'Claim#999")


def test_a_name_that_ends_in_a_number_of_its_own_is_that_name():
    named = {"ts": "2.0", "blocks": asked(14, "x", button("Show #2"), button("Show"), button("Show"))}
    assert find_press(named["blocks"], "Show #2", MIRA).action_id == "show #2"


def test_equal_menus_and_options_are_told_apart_too():
    menu = {"type": "static_select", "action_id": "m", "placeholder": plain("Kind"), "options": [option("Hear")]}
    twice = {"ts": "3.0", "blocks": [*asked(15, "one", menu), *asked(16, "two", menu)]}
    assert refused("Hear", twice).startswith("'Hear' could be “Hear#1” (#15 · Acme · one) and “Hear#2” (#16")
    assert refused("Kind=Hear", twice).startswith("'Kind' could be “Kind#1” (#15 · Acme · one) and “Kind#2” (#16")
    assert pressed("Hear#2", twice) == "do16"
    assert pressed("Kind#2=Hear", twice) == "do16"


def test_the_newest_message_with_so_many_of_that_name_is_meant():
    newer = {"ts": "2.0", "blocks": asked(14, "x", button("Claim"))}
    assert pressed("Claim", PILE, newer) == "do14"
    assert pressed("Claim#2", PILE, newer) == "do13"
