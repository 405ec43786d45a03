"""The morning, as it is when a night has gone by: interrupted once, and after a crash that forgot a little."""

import shutil
from collections import Counter
from datetime import datetime, time
from pathlib import Path

import pytest
from trial_morning import INTERRUPTED_AFTER, Morning, settings

from bot.domain.promises import Outcome
from bot.domain.requests import State
from bot.services.reading import asking
from bot.trial.hands import folded
from bot.trial.local import local
from bot.trial.night import ZONE, moment
from bot.trial.scenario import load

pytestmark = pytest.mark.xdist_group("morning")
SCENARIO = load("morning")


def test_thirty_requests_stand_as_cards_each_once(morning: Morning):
    cards = Counter(key for key in morning.posted() if key.startswith("card:"))
    assert cards == Counter(f"card:{number}" for number in range(1, 31))


def test_every_line_was_said_or_sent_once_although_the_night_was_interrupted(morning: Morning):
    assert INTERRUPTED_AFTER <= morning.interrupted < SCENARIO.requests
    for client in SCENARIO.clients:
        wanted = [folded(line.text) for line in SCENARIO.lines if line.client is client]
        if client.channel:
            assert [folded(one["text"]) for one in morning.said(client.channel)] == wanted
    came = [folded(status.card.opening[0].text) for status in morning.statuses.values()]
    assert came == [folded(line.text) for line in SCENARIO.lines if line.opens]


def test_every_line_came_at_its_own_time(morning: Morning):
    evening = morning.woke.astimezone(ZONE).date().toordinal() - 1
    opened = [line for line in SCENARIO.lines if line.opens and line.at]
    for line, status in zip(opened, morning.statuses.values(), strict=True):
        wanted = moment(datetime.fromordinal(evening).date(), line.at or time())
        late = (status.card.request.opened_at - wanted).total_seconds()
        assert 0 <= late < 60, line.id


def test_every_card_stands_at_the_time_of_its_request(morning: Morning):
    cards = {
        int(str((one["metadata"]["event_payload"])["key"])[5:]): float(one["ts"])
        for one in morning.messages["requests"]
        if str(((one.get("metadata") or {}).get("event_payload") or {}).get("key", "")).startswith("card:")
    }
    late = [cards[n] - status.card.request.opened_at.timestamp() for n, status in morning.statuses.items()]
    assert max(late) < 60


def test_it_ends_at_half_past_eight_on_a_working_day(morning: Morning):
    woke = morning.woke.astimezone(ZONE)
    assert (woke.hour, woke.minute) == (8, 30)
    assert woke.weekday() in {1, 2, 3, 4}


def test_nobody_was_nudged_in_the_night(morning: Morning):
    assert [key for key in morning.posted() if key.startswith("nudge:")] == []
    for name in ("mira", "jonas", "priya"):
        assert morning.messages[f"dm-{name}"] == []
    assert [one for one in morning.messages["dm-sam"] if not one["ephemeral"]] == []


def test_no_aim_slips_in_the_night_and_all_of_it_is_due_an_hour_after_the_office_opens(morning: Morning):
    aims = [status.card.target for status in morning.statuses.values() if status.card.target]
    assert len(aims) > 20
    assert {f"{aim.due_at.astimezone(ZONE):%H:%M}" for aim in aims} <= {"09:30", "10:00"}
    assert {aim.due_at.astimezone(ZONE).date() for aim in aims} == {morning.woke.astimezone(ZONE).date()}


def test_only_two_are_taken_and_each_has_an_open_promise_for_after_the_morning(morning: Morning):
    owned = {n: status for n, status in morning.statuses.items() if status.card.request.owner}
    assert list(owned) == [1, 2]
    assert [status.card.owner.name for status in owned.values() if status.card.owner] == ["Jonas Weber", "Priya Nair"]
    for status in owned.values():
        [promise] = [one for one in status.promises if one.outcome is Outcome.OPEN]
        assert promise.due_at > morning.woke
    rest = [status.card.request.state for n, status in morning.statuses.items() if n not in owned]
    assert set(rest) == {State.NEW}


def test_what_was_added_in_the_thread_or_at_once_belongs_to_its_request(morning: Morning):
    texts = {folded(status.card.opening[0].text): number for number, status in morning.statuses.items()}
    joined = morning.statuses[texts[folded(SCENARIO.line("beta-four-questions").text)]]
    assert [folded(one.text) for one in joined.card.opening] == [
        folded(SCENARIO.line(ident).text) for ident in ("beta-four-questions", "beta-four-questions-more")
    ]
    thread = [one["text"] for one in morning.messages["requests"] if one.get("thread_ts") not in {None, one["ts"]}]
    assert sum(SCENARIO.line("kajo-video-more").text in text for text in thread) == 1


def test_clients_have_profiles_and_requests_their_language(morning: Morning):
    for client in SCENARIO.clients:
        profile = morning.clients[client.name]
        assert (profile.client.language, profile.client.tz) == (client.language, client.tz)
        assert (profile.client.tone, profile.client.notes) == (client.tone, client.notes)
        assert profile.client.confirmed
    spoken = {status.card.client.name: status.card.request.language for status in morning.statuses.values()}
    assert spoken == {client.name: client.language for client in SCENARIO.clients}


def test_pictures_and_files_came_along(morning: Morning):
    came = {
        attachment.name: attachment.size
        for status in morning.statuses.values()
        for message in status.card.opening
        for attachment in message.attachments
    }
    enclosed = {one.name: len(one.content) for line in SCENARIO.lines for one in line.enclosed}
    assert came == enclosed
    assert set(came) == {"menu-on-my-phone.png", "orders.csv"}


def test_the_webhook_client_received_the_reply_that_priya_approved(morning: Morning):
    orbit, yunfan = morning.systems
    assert [(one.verified, one.again) for one in orbit.received] == [(True, False)]
    assert orbit.received[0].text.startswith("Hi Noor,")
    assert yunfan.received == []


def test_slack_would_have_refused_nothing(morning: Morning):
    assert morning.refusals == []


def test_the_banner_counts_while_the_night_goes_by_and_is_silent_afterwards(morning: Morning):
    first, then, last = morning.banners
    assert first == "The night goes by: 0 of 30 requests have come in"
    assert then == f"The night goes by: {morning.interrupted} of 30 requests have come in"
    assert last == ""


async def test_another_start_goes_on_and_lets_nothing_come_in(morning: Morning, tmp_path: Path):
    shutil.copytree(morning.folder, tmp_path / ".headsup")
    said: list[str] = []
    folder = tmp_path / ".headsup"
    async with local(settings(), said.append, asked="short", port=0, folder=folder) as trial:
        assert trial.feed.over
        assert not await trial.feed.run()
        assert trial.process.headsup.clock.now() >= morning.woke
        assert [len(one.received) for one in trial.systems.all] == [1, 0]
        health = await trial.process.headsup.desk.read(asking.health_of)
        assert health.problems == ()
    [sentence] = said
    assert sentence.startswith("This folder lives the scenario morning already, and goes on with it. To live short,")
