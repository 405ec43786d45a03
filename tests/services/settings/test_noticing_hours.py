"""Hours may change without a save: then plans follow at the next look."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.hours.calendars import parse_rules
from bot.domain.ladder.ladders import Ladder
from bot.domain.people import Member
from bot.services import people
from bot.services.context import Policy
from bot.services.nudges import replanning
from bot.services.settings import calendar_saving
from bot.services.settings.noticing_hours import AT_ONCE, notice_changed_hours
from bot.store import Store
from tests.support.office import JONAS, MIRA, SAM, Office, acting


@pytest.fixture
async def asked(office: Office, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is planned anew, after a first look; the team has its hours in the zone of nobody."""
    office.desk.policy = Policy(lead="Sam", calendar=parse_rules("UTC Mon-Fri 09:00-17:00"))
    await office.desk.do(notice_changed_hours)
    found: list[str] = []
    monkeypatch.setattr(replanning, "replan_member", lambda _tx, _ctx, member: found.append(member))
    monkeypatch.setattr(replanning, "ask_for_team", lambda _tx, _ctx: found.append("team"))
    return found


async def test_nothing_changed_is_nothing_to_do(office: Office, asked: list[str]):
    assert not await office.desk.do(notice_changed_hours)
    assert asked == []


async def test_somebody_whose_zone_is_another_at_slack_is_planned_anew_once(office: Office, asked: list[str]):
    await office.desk.do(people.member_changed, member=replace(MIRA, tz="Asia/Tokyo"))
    assert await office.desk.do(notice_changed_hours)
    assert not await office.desk.do(notice_changed_hours)
    assert asked == ["team"]


async def test_a_zone_that_leaves_the_hours_alone_changes_nothing(office: Office, asked: list[str]):
    own = replace(MIRA, tz="Europe/Helsinki", name="Mira L.")
    await office.desk.do(people.member_changed, member=own)
    assert not await office.desk.do(notice_changed_hours)
    assert asked == []


async def test_another_setting_is_planned_anew_for_everybody(office: Office, asked: list[str]):
    office.desk.policy = Policy(lead="Sam", calendar=parse_rules("UTC Mon-Fri 08:00-16:00"))
    assert await office.desk.do(notice_changed_hours)
    assert asked == ["team"]


async def test_another_lead_takes_a_team_without_a_zone_along(office: Office, asked: list[str]):
    office.desk.policy = Policy(lead="Sam", calendar=parse_rules("Mon-Fri 09:00-17:00"))
    await office.desk.do(notice_changed_hours)
    asked.clear()
    office.desk.policy = replace(office.desk.policy, lead="Jonas")
    await office.desk.do(people.sync_members, members=[MIRA, JONAS, SAM])
    assert await office.desk.do(notice_changed_hours)
    assert asked == ["team"]


async def test_another_lead_alone_is_noticed_in_a_team_with_a_zone(office: Office, asked: list[str]):
    office.desk.policy = replace(office.desk.policy, lead="Jonas")
    await office.desk.do(people.sync_members, members=[MIRA, JONAS, SAM])
    assert await office.desk.do(notice_changed_hours)
    assert not await office.desk.do(notice_changed_hours)
    assert asked == ["team"]


async def test_another_ladder_is_noticed(office: Office, asked: list[str]):
    office.desk.policy = replace(office.desk.policy, ladder=Ladder((timedelta(hours=4), timedelta(hours=1))))
    assert await office.desk.do(notice_changed_hours)
    assert not await office.desk.do(notice_changed_hours)
    assert asked == ["team"]


async def test_as_long_as_nothing_changed_it_only_reads(office: Office, asked: list[str], monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Store, "writing", lambda _store: pytest.fail("A press waits for whoever writes."))
        assert not await office.desk.read(notice_changed_hours)
    assert asked == []


async def test_of_two_processes_that_notice_at_once_one_has_it_planned(
    office: Office, asked: list[str], monkeypatch: pytest.MonkeyPatch
):
    await office.desk.do(people.member_changed, member=replace(MIRA, tz="Asia/Tokyo"))
    real = Store.writing

    def after_another(store: Store):
        monkeypatch.setattr(Store, "writing", real)
        assert notice_changed_hours(office.desk.context())
        return real(store)

    monkeypatch.setattr(Store, "writing", after_another)
    assert not await office.desk.do(notice_changed_hours)
    assert asked == ["team"]


async def test_who_is_new_and_who_left_are_planned_once(office: Office, asked: list[str]):
    await office.desk.do(people.member_joined, member=Member("U0ANA", "Ana"))
    await office.desk.do(people.member_left, user=JONAS.id)
    assert await office.desk.do(notice_changed_hours)
    assert not await office.desk.do(notice_changed_hours)
    assert asked == ["team", JONAS.id]


async def test_many_who_left_at_once_are_planned_with_everybody(office: Office, asked: list[str]):
    gone = [Member(f"U{number:04}", f"P{number}") for number in range(30)]
    await office.desk.do(people.sync_members, members=[MIRA, JONAS, SAM, *gone])
    await office.desk.do(notice_changed_hours)
    asked.clear()
    await office.desk.do(people.sync_members, members=[MIRA, JONAS, SAM])
    assert await office.desk.do(notice_changed_hours)
    assert asked[0] == "team"
    assert len(asked) <= 1 + AT_ONCE


async def test_saved_hours_hold_whatever_the_setting_says(office: Office, asked: list[str]):
    rules = parse_rules("UTC Mon-Fri 10:00-18:00")
    await office.desk.do(calendar_saving.save_team_calendar, actor=acting(MIRA), rules=rules, based_on=0)
    await office.desk.do(notice_changed_hours)
    asked.clear()
    office.desk.policy = Policy(lead="Sam", calendar=parse_rules("24/7"))
    assert not await office.desk.do(notice_changed_hours)
    assert asked == []
