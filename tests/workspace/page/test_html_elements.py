"""Elements as the browser gets them: what presses, what is chosen, what a screen reader says."""

from html_helpers import draw, field_of, mrkdwn, option, plain, row

from bot.workspace.elements import VALUE
from bot.workspace.page.html.elements import _DRAWERS

OPTIONS = [option("Support", "s", "Something is broken"), option("Billing", "b")]
CONFIRM = {
    "title": plain("Sure?"),
    "text": mrkdwn("It is *gone* then."),
    "confirm": plain("Delete"),
    "deny": plain("Keep"),
}


def test_every_element_that_keeps_a_value_is_drawn():
    assert set(VALUE) <= set(_DRAWERS)


def test_a_button_says_what_it_presses_and_looks_as_it_should():
    button = draw(
        row({"type": "button", "action_id": "claim", "text": plain("Claim :tada:"), "style": "primary", "value": "7"})
    ).one("button")
    assert (button["type"], button["data-action"], button["data-block"]) == ("button", "claim", "row")
    assert button["data-type"] == "button"
    assert button.text == "Claim 🎉"
    assert button["class"] == "button button-primary"


def test_a_button_with_an_address_is_a_link_that_presses():
    link = draw(
        row(
            {
                "type": "button",
                "action_id": "go",
                "text": plain("Open"),
                "url": "https://a.example",
                "accessibility_label": "Open it",
            }
        )
    ).one("a")
    assert (link["href"], link["data-action"], link["aria-label"]) == ("https://a.example", "go", "Open it")


def test_a_button_with_another_kind_of_address_stays_a_button():
    root = draw(row({"type": "button", "action_id": "go", "text": plain("Open"), "url": "javascript:alert(1)"}))
    assert root.all("a") == []
    assert root.one("button").text == "Open"


def test_the_question_before_a_press_stands_beside_its_element_and_changes_with_it():
    def question(**changes):
        button = {"type": "button", "action_id": "x", "text": plain("Delete"), "confirm": {**CONFIRM, **changes}}
        return draw(row(button)).one("template", data_confirm=None)

    template = question(style="danger")
    assert template.one("h2").text == "Sure?"
    assert template.one("strong").text == "gone"
    assert [one["data-answer"] for one in template.all("button")] == ["deny", "confirm"]
    assert template.all("button")[1]["class"] == "button button-danger"
    assert template["id"] != question(title=plain("Really?"))["id"]


def test_a_select_shows_what_is_chosen_or_else_its_placeholder():
    element = {"type": "static_select", "action_id": "kind", "options": OPTIONS, "placeholder": plain("Category")}
    empty = draw(row(element)).one("select")
    assert empty["aria-label"] == "Category"
    assert [one.text for one in empty.all("option", selected=None) if "selected" in one.attributes] == ["Category"]
    preset = draw(row({**element, "initial_option": OPTIONS[0]})).one("select")
    assert [one.text for one in preset.all("option") if "selected" in one.attributes] == ["Support"]
    values = {"row": {"kind": {"type": "static_select", "selected_option": OPTIONS[1]}}}
    changed = draw(row({**element, "initial_option": OPTIONS[0]}), values=values).one("select")
    assert [one.text for one in changed.all("option") if "selected" in one.attributes] == ["Billing"]


def test_options_come_in_their_groups_and_say_more_about_themselves():
    groups = [
        {"label": plain("Ours"), "options": OPTIONS},
        {"label": plain("Theirs"), "options": [option("Other", "o")]},
    ]
    select = draw(row({"type": "static_select", "action_id": "kind", "option_groups": groups})).one("select")
    assert [one["label"] for one in select.all("optgroup")] == ["Ours", "Theirs"]
    assert select.one("option", value="s")["title"] == "Something is broken"
    element = {"type": "static_select", "action_id": "kind", "options": OPTIONS, "initial_option": OPTIONS[0]}
    assert draw(field_of(element)).one("p").text == "Something is broken"


def test_people_and_channels_are_chosen_by_name():
    people = draw(row({"type": "users_select", "action_id": "who", "initial_user": "U2"})).one("select")
    assert [one.text for one in people.all("option")] == ["Select a person", "Mira Laine", "Sam Ortiz"]
    both = draw(row({"type": "conversations_select", "action_id": "where"})).one("select")
    assert [one["label"] for one in both.all("optgroup")] == ["Channels", "People"]
    stranger = draw(row({"type": "users_select", "action_id": "who", "initial_user": "U77"})).one("select")
    assert [one.text for one in stranger.all("option") if "selected" in one.attributes] == ["U77"]


def test_several_are_ticked_in_a_list_that_a_button_opens():
    root = draw(
        field_of({"type": "multi_users_select", "action_id": "who", "initial_users": ["U2"], "max_selected_items": 2})
    )
    multi = root.one("div", data_type="multi_users_select")
    button = multi.one("button")
    assert (multi["data-action"], multi["data-input"], multi["data-most"]) == ("who", "", "2")
    assert multi.one("div", id=str(button["popovertarget"]))["popover"] is None
    assert [one["value"] for one in multi.all("input", type="checkbox") if "checked" in one.attributes] == ["U2"]
    names = [root.one(id=name).text for name in str(button["aria-labelledby"]).split()]
    assert names == ["Label", "Sam Ortiz"]
    assert root.one("label", id=str(button["aria-labelledby"]).split()[0])["for"] == button["id"]


def test_checkboxes_and_radio_buttons_are_groups_with_a_name():
    boxes = {"type": "checkboxes", "action_id": "tags", "options": OPTIONS, "initial_options": [OPTIONS[1]]}
    root = draw(field_of(boxes))
    group = root.one("fieldset")
    assert root.one(id=str(group["aria-labelledby"])).text == "Label"
    assert [one["value"] for one in group.all("input", type="checkbox") if "checked" in one.attributes] == ["b"]
    assert "Something is broken" in group.text
    radios = draw(field_of({"type": "radio_buttons", "action_id": "tags", "options": OPTIONS})).one("fieldset")
    assert (radios["role"], radios["aria-required"]) == ("radiogroup", "true")
    assert len({one["name"] for one in radios.all("input", type="radio")}) == 1


def test_an_overflow_menu_opens_from_a_button():
    root = draw(
        row(
            {
                "type": "overflow",
                "action_id": "more",
                "options": [{**OPTIONS[0], "url": "https://a.example"}, OPTIONS[1]],
            }
        )
    )
    opener, menu = root.one("button", aria_haspopup="menu"), root.one("div", role="menu")
    assert opener["popovertarget"] == menu["id"]
    assert (menu["data-action"], menu["data-type"]) == ("more", "overflow")
    assert [one["data-option"] for one in menu.all("button", role="menuitem")] == ["s", "b"]
    assert menu.all("button")[0]["data-address"] == "https://a.example"


def test_ids_differ_on_one_page_and_stay_from_one_drawing_to_the_next():
    element = {"type": "plain_text_input", "action_id": "same"}
    blocks = [{**field_of(element), "block_id": name} for name in ("one", "two")]
    first, second = (sorted(str(node["id"]) for node in draw(*blocks).all() if node["id"]) for _ in range(2))
    assert first == second
    assert len(set(first)) == len(first)


def test_what_is_meant_for_others_is_not_shown():
    icon = {"type": "icon_button", "action_id": "x", "icon": "trash", "text": plain("Delete")}
    block = {
        "type": "context_actions",
        "elements": [{**icon, "visible_to_user_ids": ["U2"]}, {**icon, "action_id": "y"}],
    }
    assert [one["data-action"] for one in draw(block).all("button")] == ["y"]


def test_an_unknown_element_is_shown_as_what_it_is():
    frame = draw(row({"type": "dial", "action_id": "x", "turns": 3})).one("figure")
    assert "element: dial" in frame.text
    assert '"turns": 3' in frame.text


def test_a_picker_is_named_by_the_text_beside_it():
    block = {"type": "section", "text": mrkdwn("*Due*"), "accessory": {"type": "datepicker", "action_id": "due"}}
    root = draw(block)
    assert root.one(id=str(root.one("input")["aria-labelledby"])).text == "Due"
