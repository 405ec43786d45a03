"""Whatever comes first, a status or what is entered, taken back or left: the same of it makes the same time away."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.domain.away.absence_words import Spell
from bot.domain.away.absences import merged
from bot.domain.away.away_signs import Status
from bot.domain.people import Member
from bot.services.away import absences, entering, statuses
from bot.services.context import Context
from bot.services.people import sync_members
from bot.store import absences as stored
from tests.support.office import JONAS, SAM, Office, acting

HOUR = timedelta(hours=1)
SPELLS = ((0, 3), (3, 10), (30, 40))
"""From and until, in hours from the beginning: one for now, one that follows it, one after a gap."""
UNTIL = (0.5, 3, 5, 10, 20, 35, 40, 90, None)
"""When a status expires, None: it does not."""
HORIZON = 30 * 24 * HOUR
ORDERS, SETS = 4, 12


@dataclass
class Step:
    """What is done with one spell (`entered`, then `taken_back`) or, without one, what the status says."""

    kind: str
    spell: tuple[float, float] = (0, 0)
    own: bool = False
    until: float | None = None


@dataclass
class Life:
    """What happens to one member, step by step, and what that comes to by the promise alone."""

    office: Office
    member: Member
    began: datetime
    entered: dict[Spell, bool] = field(default_factory=dict)
    idents: dict[tuple[float, float], int] = field(default_factory=dict)

    async def live(self, steps: list[Step]) -> None:
        for step in steps:
            self.office.later(seconds=step.own + 1)
            await getattr(self, step.kind)(step)

    async def entered_then(self, step: Step) -> None:
        starts_at, ends_at = (self.began + hours * HOUR for hours in step.spell)
        by = self.member if step.own else JONAS
        facts = {"member": self.member.id, "starts_at": starts_at, "ends_at": ends_at}
        shown = await self.office.desk.do(entering.enter_absence, actor=acting(by), **facts)
        self.idents[step.spell] = shown.absence.id

    async def taken_back(self, step: Step) -> None:
        await self.office.desk.do(absences.take_back, actor=acting(SAM), absence=self.idents[step.spell])

    async def status(self, step: Step) -> None:
        until = self.began + step.until * HOUR if step.until is not None else None
        said = Status("On holiday", ":palm_tree:", until)
        await self.office.desk.do(statuses.status_changed, user=self.member.id, said=said)

    async def cleared(self, _: Step) -> None:
        await self.office.desk.do(statuses.status_changed, user=self.member.id, said=Status())

    async def back(self, _: Step) -> None:
        await self.office.desk.do(absences.come_back, actor=acting(self.member))

    async def away(self) -> list[Spell]:
        now = self.office.now

        def read(ctx: Context) -> list[Spell]:
            with ctx.store.reading() as tx:
                return within(stored.spells_of(tx, self.member.id, after=now), now)

        return await self.office.desk.read(read)


def within(spells: tuple[Spell, ...], now: datetime) -> list[Spell]:
    last = now + HORIZON
    return [(max(start, now), min(end, last)) for start, end in spells if start < last]


def drawn(chance: random.Random) -> list[Step]:
    """Draw what is entered, what of it is taken back, and the status that is set at last, if any."""
    steps = []
    for spell in SPELLS:
        if chance.random() < 0.6:
            steps.append(Step("entered_then", spell, own=chance.random() < 0.5))
            steps += [Step("taken_back", spell)] if chance.random() < 0.4 else []
    return [*steps, Step("status", until=chance.choice(UNTIL))] if chance.random() < 0.9 else steps


def in_some_order(steps: list[Step], chance: random.Random) -> list[Step]:
    """Return the steps in any order in which nothing is taken back before it is entered."""
    keys = {}
    for number, step in enumerate(steps):
        keys[number] = chance.random()
        if step.kind == "taken_back":
            keys[number] = chance.uniform(keys[number - 1], 1)
    return [steps[number] for number in sorted(keys, key=lambda each: (keys[each], each))]


def promised(steps: list[Step], began: datetime, now: datetime) -> list[Spell]:
    """Return when somebody is away from now on, by what is promised of entered absences and statuses."""
    back = {step.spell for step in steps if step.kind == "taken_back"}
    standing = [step for step in steps if step.kind == "entered_then" and step.spell not in back]
    spells = [(began + step.spell[0] * HOUR, began + step.spell[1] * HOUR) for step in standing]
    for step in steps:
        ends_itself = step.until is None and any(each.own and each.spell[0] == 0 for each in standing)
        if step.kind == "status" and not ends_itself:
            spells.append((began, began + step.until * HOUR if step.until is not None else now + HORIZON))
    return within(tuple(each for each in merged(spells) if each[1] > now), now)


async def members(office: Office, count: int) -> list[Member]:
    team = [Member(id=f"U0LIFE{number}", name=f"Life {number}") for number in range(count)]
    await office.desk.do(sync_members, members=[*team, JONAS, SAM])
    return team


@pytest.mark.parametrize("seed", range(SETS))
async def test_the_order_in_which_it_was_said_makes_no_difference(office: Office, seed: int):
    chance = random.Random(seed)  # noqa: S311 - draws cases, no secrets
    steps = drawn(chance)
    for member in await members(office, ORDERS):
        life = Life(office, member, office.now)
        order = in_some_order(steps, chance)
        await life.live(order)
        assert await life.away() == promised(steps, life.began, office.now), order


@pytest.mark.parametrize("seed", range(SETS))
async def test_what_was_said_before_coming_back_counts_no_more_in_any_order(office: Office, seed: int):
    """What ran ends, a status ends with it; what is to come stays, and what is said after counts in any order."""
    chance = random.Random(seed)  # noqa: S311 - draws cases, no secrets
    before = [step for step in drawn(chance) if step.spell[0] != SPELLS[1][0]]
    after = [Step("entered_then", SPELLS[1], own=chance.random() < 0.5)] if chance.random() < 0.7 else []
    after += [Step("status", until=chance.choice([7, 36, 91]))] if chance.random() < 0.7 else []
    stays = [step for step in before if step.spell == SPELLS[2]]
    for member in await members(office, ORDERS):
        life = Life(office, member, office.now)
        order = [*in_some_order(before, chance), Step("back"), *in_some_order(after, chance)]
        await life.live(order)
        assert await life.away() == promised([*stays, *after], life.began, office.now), order


@pytest.mark.parametrize("seed", range(SETS))
async def test_a_status_that_is_cleared_leaves_what_was_entered_in_any_order(office: Office, seed: int):
    chance = random.Random(seed)  # noqa: S311 - draws cases, no secrets
    steps = drawn(chance)
    for member in await members(office, ORDERS):
        life = Life(office, member, office.now)
        order = in_some_order(steps, chance)
        cut = chance.randrange(len(order) + 1)
        cut = max([cut, *(number + 1 for number, step in enumerate(order) if step.kind == "status")])
        await life.live([*order[:cut], Step("cleared"), *order[cut:]])
        entered = [step for step in steps if step.kind != "status"]
        assert await life.away() == promised(entered, life.began, office.now), (order, cut)
