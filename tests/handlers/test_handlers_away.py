"""`/headsup away` and `back` as people use them, through the real app."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_floor import TEAM, Floor, shown

from bot import syncing
from bot.domain.people import Actor
from bot.services.away import absences, returning
from bot.services.reading import asking
from bot.services.requests import claiming
from handlers import away_list


async def ask(floor: Floor, text: str, who: str = "@mira") -> dict[str, Any]:
    asked = await floor.control.slash(who, "/headsup", text, channel=TEAM)
    assert asked.acked
    assert not asked.error
    return asked.ephemerals[-1] if asked.ephemerals else {}


async def press(floor: Floor, who: str, action: str, post: dict[str, Any]) -> None:
    await floor.control.press(who, action, channel=TEAM, ts=post["ts"])


async def is_away(floor: Floor, who: str) -> bool:
    form = await floor.desk.read(absences.away_form, actor=Actor(floor.user(who)))
    return any(each.is_running(floor.headsup.clock.now()) for each in form.entered)


async def promised(floor: Floor) -> int:
    """Let Mira tell Acme a time that is four hours away, and wait until they have read it."""
    number = await floor.request()
    await floor.press("@mira", "review_first_suggestion", number)
    await floor.window("@mira", "Reply")
    await floor.control.submit("@mira", {"due_at": int(time.time()) + 4 * 3_600})
    await floor.control.submit("@mira")
    await floor.control.close("@mira")
    floor.undo_passes()
    await floor.until(floor.client_posts)
    await floor.on_card(number, "They hear from us")
    return number


async def test_what_was_typed_is_answered_in_words_and_can_be_taken_back(floor: Floor):
    answer = await ask(floor, "away tomorrow cover @jonas")
    assert f"<@{floor.user('@jonas')}> stands in" in shown(answer)
    assert "Away on " in shown(answer)
    await floor.nudged("@jonas", "you stand in")

    await press(floor, "@mira", "take_back_absence", answer)

    await floor.whispered("@mira", "Taken back")
    assert "there is nothing to end" in shown(await ask(floor, "back"))


async def test_nonsense_gets_a_sentence(floor: Floor):
    for typed, sentence in (
        ("away tomorrow at 25:00", "There is no 25:00"),
        ("away 30 Feb", "There is no 30 Feb."),
        ("away until Fri cover @mira", "You cannot stand in for yourself"),
        ("away 16:00-14:00", "That ends before it starts"),
        ("away yesterday", "Yesterday is over."),
        ("away until `*_<!channel>&amp;", "I do not understand"),
    ):
        assert sentence in shown(await ask(floor, typed)), typed


async def test_one_that_is_there_already_is_offered_and_exchanged(floor: Floor):
    first = await ask(floor, "away for 3 days")
    assert "Away from now" in shown(first)
    taken = await ask(floor, "away for 5 days cover @jonas")
    assert "You are away then already" in shown(taken)

    await press(floor, "@mira", "replace_absence", taken)

    await floor.whispered("@mira", f"<@{floor.user('@jonas')}> stands in")
    form = await floor.desk.read(absences.away_form, actor=Actor(floor.user("@mira")))
    assert len(form.entered) == 1


async def test_alone_it_opens_a_window_that_enters_lists_and_takes_back(floor: Floor):
    now = int(floor.headsup.clock.now().timestamp())
    await ask(floor, "away")
    await floor.window("@mira", "Away")
    wrong = await floor.control.submit("@mira", {"from": now + 7200, "until": now + 3600})
    assert "ends before it starts" in str(wrong.payload["errors"]["until"])
    done = await floor.control.submit(
        "@mira", {"from": now + 3600, "until": now + 7200, "stand_in": floor.user("@jonas"), "note": "dentist"}
    )

    assert "stands in" in shown(done.payload["view"])
    assert "Note: dentist" in shown(done.payload["view"])


async def test_the_promises_that_fall_into_it_are_kept_or_handed_over(floor: Floor):
    number = await promised(floor)
    answer = await ask(floor, "away for 3 days cover @jonas")
    assert f"#{number} · Acme" in shown(answer)
    assert "Hand over to Jonas" in shown(answer)

    await press(floor, "@mira", "move_while_away", answer)
    await floor.window("@mira", "Delay update")
    await press(floor, "@mira", "hand_over_while_away", answer)
    form = await floor.window("@mira", "Hand over")
    assert floor.user("@jonas") in str(form["blocks"][1]["element"]["initial_option"])
    await press(floor, "@mira", "keep_while_away", answer)

    kept = await floor.whispered("@mira", "Keeps its time")
    assert actions_of(kept) == ["take_back_absence"]


def actions_of(payload: dict[str, Any]) -> list[str]:
    return [e["action_id"] for b in payload["blocks"] if b["type"] == "actions" for e in b["elements"]]


async def test_the_list_is_drawn_anew_after_a_hand_over(floor: Floor, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(away_list, "PAUSE", 0.05)
    await promised(floor)
    answer = await ask(floor, "away for 3 days cover @jonas")

    await press(floor, "@mira", "hand_over_while_away", answer)
    await floor.window("@mira", "Hand over")
    await floor.control.submit("@mira", {"to": floor.user("@jonas")})

    drawn = await floor.whispered("@mira", f"Handed to <@{floor.user('@jonas')}>.")
    assert actions_of(drawn) == ["take_back_absence"]


async def test_in_a_window_the_list_goes_on_after_a_hand_over(floor: Floor):
    await promised(floor)
    await ask(floor, "away for 3 days", who="@priya")
    now = int(floor.headsup.clock.now().timestamp())
    await ask(floor, "away")
    await floor.window("@mira", "Away")
    await floor.control.submit("@mira", {"from": now, "until": now + 86_400, "stand_in": floor.user("@jonas")})

    await floor.control.press("@mira", "hand_over_while_away")
    await floor.window("@mira", "Hand over")
    handed = await floor.control.submit("@mira", {"to": floor.user("@priya")})

    assert f"<@{floor.user('@priya')}> has it now, and is not at work" in shown(handed.payload["view"])
    assert f"Handed to <@{floor.user('@priya')}>." in shown(handed.payload["view"])


async def test_a_window_from_the_list_that_stood_open_undoes_no_later_hand_over(floor: Floor):
    number = await promised(floor)
    now = int(floor.headsup.clock.now().timestamp())
    await ask(floor, "away")
    await floor.window("@mira", "Away")
    await floor.control.submit("@mira", {"from": now, "until": now + 86_400, "stand_in": floor.user("@jonas")})
    await floor.control.press("@mira", "hand_over_while_away")
    await floor.window("@mira", "Hand over")
    jonas = floor.user("@jonas")
    await floor.desk.do(claiming.hand_over, actor=Actor(jonas), request=number, to=jonas)

    told = await floor.control.submit("@mira", {"to": floor.user("@priya")})

    assert f"Jonas Weber has had #{number} since " in shown(told.payload["view"])
    assert await floor.owner(number) == jonas


@pytest.mark.parametrize("action", ["keep_while_away", "move_while_away", "hand_over_while_away"])
async def test_what_was_decided_elsewhere_is_said_kindly_when_the_list_is_pressed_later(floor: Floor, action: str):
    number = await promised(floor)
    answer = await ask(floor, "away for 3 days cover @jonas")
    jonas = floor.user("@jonas")
    await floor.desk.do(claiming.hand_over, actor=Actor(jonas), request=number, to=jonas)

    await press(floor, "@mira", action, answer)

    drawn = await floor.whispered("@mira", f"#{number} is decided already: this is how it stands.")
    assert f"Handed to <@{jonas}>." in shown(drawn)
    assert floor.control.views(floor.user("@mira")) == []


async def test_a_list_that_is_pressed_after_the_absence_says_that_it_is_over(floor: Floor):
    number = await promised(floor)
    answer = await ask(floor, "away for 3 days cover @jonas")
    await ask(floor, "back")

    await press(floor, "@mira", "keep_while_away", answer)

    drawn = await floor.whispered("@mira", "That is over: you were away from")
    assert actions_of(drawn) == []
    status = await floor.desk.read(asking.status_of, actor=Actor(floor.user("@mira")), request=number)
    assert "kept_through_absence" not in [entry.kind for entry in status.history]


async def test_what_cannot_be_entered_repeats_the_line_to_be_mended(floor: Floor):
    answer = await ask(floor, "away until 5 min cover @jonas")
    assert "“5 min” says how long, not when. For example “/headsup away for 5 min”." in shown(answer)
    assert "/headsup away until 5 min cover @jonas" in shown(answer)
    assert "Away from now" in shown(await ask(floor, "away for 5 min"))


async def test_somebody_outside_the_team_is_named_not_numbered(floor: Floor):
    answer = await ask(floor, "away until Fri cover @carla")
    carla = {"type": "user", "user_id": floor.user("@carla")}
    assert carla in answer["blocks"][0]["elements"][0]["elements"]
    assert " is not in your team. Name a colleague, or leave it out." in shown(answer)
    await floor.request()

    async def is_named() -> bool:
        return "Carla" in shown(await ask(floor, "away until Fri cover @carla")).partition(" is not in your team")[0]

    await floor.until_async(is_named)


async def test_more_than_a_year_is_entered_when_it_is_meant(floor: Floor):
    answer = await ask(floor, "away for 400 days cover @jonas")
    assert "Is it meant so?" in shown(answer)
    assert not await is_away(floor, "@mira")

    await press(floor, "@mira", "enter_long_absence", answer)

    await floor.whispered("@mira", "400 days; ")
    assert await is_away(floor, "@mira")


async def test_the_window_asks_about_more_than_a_year_and_keeps_the_note(floor: Floor):
    now = int(floor.headsup.clock.now().timestamp())
    await ask(floor, "away")
    await floor.window("@mira", "Away")
    long = await floor.control.submit("@mira", {"from": now, "until": now + 400 * 86_400, "note": "parental leave"})
    assert "Is it meant so?" in shown(long.payload["view"])

    await floor.control.press("@mira", "enter_long_absence")

    async def entered() -> bool:
        return "Note: parental leave" in shown(floor.control.views(floor.user("@mira"))[-1])

    await floor.until_async(entered)


async def test_the_lead_enters_one_for_somebody_who_is_told(floor: Floor):
    answer = await ask(floor, "away @mira for 3 days", who="@sam")
    assert f"<@{floor.user('@mira')}> is away" in shown(answer)
    await floor.nudged("@mira", "entered an absence for you")

    await floor.press_nudge("@mira", "take_back_absence", "entered an absence for you")

    async def is_back() -> bool:
        return not await is_away(floor, "@mira")

    await floor.until_async(is_back)


async def test_a_guest_can_enter_nothing(floor: Floor):
    asked = await floor.control.slash("@gwen", "/headsup", "away until Fri", channel=TEAM)
    assert asked.ephemerals == []
    await floor.whispered("@gwen", "Guests can read along")


async def test_back_ends_it_and_one_message_tells_what_happened_meanwhile(floor: Floor):
    number = await promised(floor)
    await ask(floor, "away for 3 days cover @jonas")
    actor = Actor(floor.user("@jonas"))
    await floor.desk.do(claiming.hand_over, actor=actor, request=number, to=floor.user("@jonas"))

    answer = await ask(floor, "back")

    assert "Welcome back." in shown(answer)
    assert not await is_away(floor, "@mira")
    summary = await floor.nudged("@mira", "This happened")
    assert f"#{number} · Acme" in shown(summary)
    assert "was taken over by Jonas" in shown(summary)
    assert await floor.desk.do(returning.summarise) == 0


async def test_a_status_that_changed_unheard_is_read_when_the_team_is_looked_at(floor: Floor):
    await floor.headsup.synced.wait()
    floor.control.lose_events(1)
    floor.control.set_user("@mira", status_text="Out sick", status_emoji=":face_with_thermometer:")
    await syncing.sync(floor.headsup)
    assert await is_away(floor, "@mira")
    floor.control.lose_events(1)
    floor.control.set_user("@mira", status_text="", status_emoji="")
    await syncing.sync(floor.headsup)
    assert not await is_away(floor, "@mira")


async def test_a_slack_status_makes_an_absence_and_ends_it(floor: Floor):
    until = floor.headsup.clock.now() + timedelta(days=2)
    said = {"status_text": "On holiday", "status_emoji": ":palm_tree:"}
    floor.control.set_user("@mira", **said, status_expiration=int(until.timestamp()))

    async def begun() -> bool:
        return await is_away(floor, "@mira")

    await floor.until_async(begun)
    form = await floor.desk.read(absences.away_form, actor=Actor(floor.user("@mira")))
    assert form.entered[0].ends_at == datetime.fromtimestamp(int(until.timestamp()), UTC)
    floor.control.set_user("@mira", status_text="", status_emoji="", status_expiration=0)

    async def ended() -> bool:
        return not await is_away(floor, "@mira")

    await floor.until_async(ended)
