"""What people do with their own time, as rules of the machine: absences, stand-ins, hours, coming and going."""

import contextlib
import time
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from machine_history import Refusal
from machine_laws import Laws
from machine_trouble import stormy
from machine_work import TEAM, actor, people, waits
from machine_world import World

from bot.domain.away.away_signs import Status
from bot.domain.hours.calendars import CalendarRules, parse_rules
from bot.errors import FieldError, RefusedError
from bot.services.away import absences, entering, statuses
from bot.services.hours import calendars
from bot.services.nudges import nudging
from bot.services.people import member_joined, member_left
from bot.services.settings import calendar_saving, noticing_hours, own_settings
from bot.store import absences as kept

WEEKS = (
    "Europe/Helsinki Mon-Fri 09:00-17:00",
    "Europe/Helsinki Mon-Fri 09:00-12:00 13:00-17:00",
    "Europe/Helsinki Mon-Thu 08:00-16:00",
    "Europe/Helsinki Mon-Fri 22:00-06:00",
    "Europe/Helsinki 24/7",
)
OWN_WEEKS = ("Mon-Fri 09:00-13:00", "Mon-Wed 10:00-18:00", "Tue-Sat 12:00-16:00")


class People(RuleBasedStateMachine):
    """The rules; `world` and `laws` are there from the first step on."""

    world: World
    laws: Laws

    @rule(who=people, after=waits, span=waits, cover=st.one_of(st.none(), people))
    def away(self, who: str, after: int, span: int, cover: str | None) -> None:
        """Somebody is away, now or later, for a part of a day or for days, with or without a stand-in of their own."""
        start = self.world.now + timedelta(seconds=after)
        self._away(who, after, span, cover)
        self.laws.note(f"{who} is away from {start:%a %H:%M:%S} for {span} seconds, stand-in: {cover}")

    @rule(who=people, span=waits, cover=st.one_of(st.none(), people))
    def away_from_now(self, who: str, span: int, cover: str | None) -> None:
        self._away(who, 0, span, cover)
        self.laws.note(f"{who} is away from now on for {span} seconds, stand-in: {cover}")

    def _away(self, who: str, after: int, span: int, cover: str | None) -> None:
        start = self.world.now + timedelta(seconds=after)
        with contextlib.suppress(RefusedError):
            self.world.do(
                entering.enter_absence,
                actor=actor(who),
                starts_at=start,
                ends_at=start + timedelta(seconds=span),
                stand_in=TEAM[cover].id if cover else None,
            )
        self.laws.disturb(trouble=False)

    @rule(who=people, away=st.booleans())
    def status(self, who: str, away: bool) -> None:
        """Somebody's Slack status says that they are away, without an end, or no longer."""
        said = Status("Vacationing", ":palm_tree:") if away else Status()
        self.world.do(statuses.status_changed, user=TEAM[who].id, said=said)
        self.laws.note(f"{who}'s status: {said.text or 'none'}")
        self.laws.disturb(trouble=False)

    @rule(who=people)
    def back(self, who: str) -> None:
        with contextlib.suppress(RefusedError):
            self.world.do(absences.come_back, actor=actor(who))
        self.laws.note(f"{who} is back")
        self.laws.disturb(trouble=False)

    @rule(who=people)
    def take_back(self, who: str) -> None:
        """An absence that is entered, also one to come, is undone."""
        with self.world.store.reading() as tx:
            entered = kept.of_member(tx, TEAM[who].id, after=self.world.now)
        with contextlib.suppress(RefusedError):
            for away in entered[-1:]:
                self.world.do(absences.take_back, actor=actor(who), absence=away.id)
                self.laws.note(f"{who} takes back their absence from {away.starts_at:%a %H:%M}")
                self.laws.disturb(trouble=False)

    @rule(who=people, cover=st.one_of(st.none(), people))
    def choose_stand_in(self, who: str, cover: str | None) -> None:
        """Somebody says who stands in for them whenever an absence names nobody."""
        with contextlib.suppress(RefusedError):
            stand_in = TEAM[cover].id if cover else None
            self.world.do(own_settings.set_stand_in, actor=actor(who), member=TEAM[who].id, stand_in=stand_in)
        self.laws.note(f"{cover} stands in for {who} from now on")
        self.laws.disturb(trouble=False)

    @rule(who=st.sampled_from(["mira", "jonas"]))
    def leave(self, who: str) -> None:
        """Somebody leaves the team."""
        self.world.do(member_left, user=TEAM[who].id)
        self.world.do(noticing_hours.notice_changed_hours)
        self.laws.relying.left.setdefault(TEAM[who].id, self.world.now)
        self.laws.note(f"{who} leaves the team")
        self.laws.disturb(trouble=False)

    @stormy
    @rule(who=st.sampled_from(["mira", "jonas"]))
    def join(self, who: str) -> None:
        """Somebody joins the team, perhaps again."""
        self.world.do(member_joined, member=TEAM[who])
        self.world.do(noticing_hours.notice_changed_hours)
        self.laws.note(f"{who} joins the team")
        self.laws.disturb()

    @stormy
    @rule(week=st.sampled_from(WEEKS))
    def change_hours(self, week: str) -> None:
        self._change(parse_rules(week), "team")
        self.laws.note(f"the team works {week} from now on")

    @stormy
    @rule(who=people, week=st.one_of(st.none(), st.sampled_from(OWN_WEEKS)))
    def change_own_hours(self, who: str, week: str | None) -> None:
        with contextlib.suppress(RefusedError):
            self._change(parse_rules(week) if week else None, TEAM[who].id)
        self.laws.note(f"{who} works {week or 'the team hours'} from now on")

    def _change(self, rules: CalendarRules | None, whose: str) -> None:
        before = self.laws.inspection.sent()
        self.laws.disturb()
        standing = self.world.do(calendars.calendar_of, owner=whose)
        if whose == "team":
            lead = actor("sam")
            self.world.do(calendar_saving.save_team_calendar, actor=lead, rules=rules, based_on=standing.version)
        else:
            facts = {"member": whose, "rules": rules, "based_on": standing.version}
            self.world.do(calendar_saving.save_member_calendar, actor=None, **facts)
        while self.world.do(nudging.plan).more:
            pass
        self.laws.inspection.note_edit(before)

    @rule()
    def close_for_ever(self) -> None:
        """Somebody wants to save hours in which nobody ever works."""
        standing = self.world.do(calendars.calendar_of)
        rules = CalendarRules(tz="Europe/Helsinki", week=((),) * 7)
        started, refused = time.perf_counter(), False
        try:
            facts = {"rules": rules, "based_on": standing.version}
            self.world.do(calendar_saving.save_team_calendar, actor=actor("sam"), **facts)
        except FieldError:
            refused = True
        self.laws.history.refusals.append(Refusal(refused, time.perf_counter() - started))
