"""Windows and the Home tab as HTML: what the topmost modal says of itself, and what would be lost with it."""

from markupsafe import Markup
from side_reading import Reading
from slack_helpers import actions, bolt_app, button, form, modal, section, slack_client, text_input

from bot.workspace import windows as stacks
from bot.workspace.page import windows
from bot.workspace.page.place import Place
from bot.workspace.page.sight import look


def mira(server):
    return server.core.state.user("mira")


def opened(server, *views):
    """Lay modals over one another, as the app does; returns them."""
    stack = [stacks.open_view(server.core, mira(server).id, views[0])]
    for view in views[1:]:
        stack.append(stacks.push_view(server.core, stack[-1], view))
    return stack


async def shown(server, who="mira"):
    return Reading(await windows.modal(look(server.core, Place(who, "requests"))))


async def home(server, who="mira"):
    return Reading(await windows.home(look(server.core, Place(who, "home"))))


async def test_without_a_modal_there_is_no_dialog(server):
    assert not (await shown(server)).all("dialog")


async def test_a_modal_is_a_dialog_named_by_its_title_for_its_person_alone(server):
    (view,) = opened(server, form(text_input(), close={"type": "plain_text", "text": "Never <mind>"}))
    page = await shown(server)
    dialog, surface = page.one("dialog"), page.one("form")
    assert page.one("h2", id=dialog["aria-labelledby"]).text == "A form"
    assert surface["data-view"] == view.id
    assert "data-surface" in surface.attributes
    assert page.one("button", type="submit").text == "Send"
    assert [one.text for one in page.all("button", type="button")] == ["", "Never <mind>"]
    assert not (await shown(server, "jonas")).all("dialog")


async def test_a_modal_without_submit_has_nothing_to_send(server):
    opened(server, modal(section("Only to read")))
    page = await shown(server)
    assert not page.all("button", type="submit")
    assert [one.text for one in page.all("button")] == ["", "Close"]


async def test_only_the_topmost_modal_shows_and_leads_back(server):
    below = form(text_input(), title={"type": "plain_text", "text": 'A "form" <b>'})
    opened(server, below, modal(section("On top"), title={"type": "plain_text", "text": "Above"}))
    page = await shown(server)
    assert page.one("h2").text == "Above"
    assert page.one("button", aria_label='Back to A "form" <b>')["data-close"] == "top"
    assert page.one("button", aria_label="Close all windows")["data-close"] == "all"


async def test_sentences_at_fields_stay_until_the_form_is_sent_again(server, connect):
    app = bolt_app(server)
    answers = [{"response_action": "errors", "errors": {"words": "Say more."}}, None]

    @app.view("form")
    async def submitted(ack):
        answer = answers.pop(0)
        await (ack(answer) if answer else ack())

    await connect(app)
    opened(server, form(text_input(), text_input("more", optional=True)))
    await server.control.submit("@mira")
    assert alert(await shown(server)) == "One field needs another look."
    assert error_of(await shown(server)) == "Please complete this required field."
    server.control.fill("@mira", {"words": {"typed": "short"}})
    assert error_of(await shown(server)) == "Please complete this required field."
    await server.control.submit("@mira")
    assert error_of(await shown(server)) == "Say more."
    await server.control.submit("@mira")
    assert not (await shown(server)).all("dialog")


def alert(page):
    return page.one("p", role="alert").text


def error_of(page):
    (error,) = page.all("p", class_="bk-error")
    return error.text


async def test_several_errors_are_counted_and_go_when_the_app_changes_the_form(server):
    (view,) = opened(server, form(text_input(), text_input("more")))
    await server.control.submit("@mira")
    assert alert(await shown(server)) == "2 fields need another look."
    stacks.update_view(server.core, view, form(text_input(), text_input("more")))
    assert not (await shown(server)).all("p", role="alert")


async def test_only_words_that_somebody_wrote_can_be_lost(server):
    (view,) = opened(server, form(text_input(initial_value="From the app"), actions(button())))
    assert not windows.has_words(view)
    for text, lost in [("From me", True), ("From the app", False), ("", True)]:
        server.control.fill("@mira", {"words": {"typed": text}})
        assert windows.has_words(view) is lost
        assert ("data-touched" in (await shown(server)).one("form").attributes) is lost


async def test_words_below_are_known_to_who_closes_everything(server):
    below, above = opened(server, form(text_input()), form(text_input()))
    server.control.fill("@mira", {"words": {"typed": "Typed below"}}, view_id=below.id)
    assert not windows.has_words(above)
    touched = set((await shown(server)).one("form").attributes) & {"data-touched", "data-touched-below"}
    assert touched == {"data-touched-below"}


async def test_a_field_that_was_emptied_is_as_good_as_untouched(server):
    (view,) = opened(server, form(text_input()))
    server.control.fill("@mira", {"words": {"typed": "x"}})
    server.control.fill("@mira", {"words": {"typed": ""}})
    assert not windows.has_words(view)


async def test_home_is_opening_until_the_app_has_published_it(server):
    assert "Opening…" in str(await windows.home(look(server.core, Place("mira", "home"))))
    view = {"type": "home", "blocks": [section("*Your day*"), actions(button())]}
    await slack_client(server).views_publish(user_id=mira(server).id, view=view)
    page = await home(server)
    assert "Your day" in page.text
    assert "data-surface" in page.one("div", class_="home-blocks").attributes
    assert "Opening…" not in page.html
    assert "Opening…" in (await home(server, "jonas")).html


async def test_the_tabs_of_the_app_say_where_one_is(server):
    tabs = (await home(server)).all("a")
    assert [(one.text, one["href"], one.attributes.get("aria-current")) for one in tabs] == [
        ("Home", "?as=mira&in=home", "page"),
        ("Messages", "?as=mira&in=dm", None),
    ]


async def test_an_app_without_a_home_says_so(server):
    server.control.set_app(home_enabled=False)
    assert "has no Home tab" in (await home(server)).text


async def test_what_an_app_writes_stays_words(server):
    opened(server, modal(section("hello"), title={"type": "plain_text", "text": "<b>&"}))
    html = await windows.modal(look(server.core, Place("mira", "requests")))
    assert isinstance(html, Markup)
    assert "&lt;b&gt;&amp;" in html
    assert "<b>" not in html
