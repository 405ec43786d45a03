"""A button of a nudge is for that nudge: once it was put off, or passed on, the button changes nothing any more."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

import pytest

from bot.blocks.ids import Action, decode
from bot.blocks.nudges.nudge import build_nudge
from bot.domain.people import Member
from bot.domain.promises import Outcome, Promise
from bot.domain.replies import ReplyKind
from bot.domain.snapshots.nudge import Nudge
from bot.errors import MovedOnError, PressedAgainError, RefusedError
from bot.services.away import entering
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.services.outbox import showing
from bot.services.replies import promising
from bot.services.requests import claiming, moved_on
from bot.store import outbox
from tests.services.aims import at
from tests.support.office import JONAS, MIRA, Office, acting

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
Facts = Mapping[str, int]


async def nudged(office: Office) -> Promise:
    """Return a promise of eleven o'clock on a Monday that Mira is nudged about at ten."""
    at(office, "2026-11-30 09:00")
    await office.link_acme()
    found = await office.said("The shop is down.", ts="1795420700.000001")
    assert found
    await office.send(found.request, due=2 * HOUR)
    at(office, "2026-11-30 10:01")
    await tell(office)
    return (await office.promises(found.request))[-1]


async def tell(office: Office) -> None:
    """Let what is due be planned and leave."""
    await office.desk.do(nudging.plan)
    await office.deliver()


async def drawn(office: Office, promise: Promise, action: Action, *, to: Member = MIRA, rung: str = "") -> Facts:
    """Return what a button carries below the newest nudge of a rung, as it would be drawn now."""

    def read(ctx: Context) -> Facts:
        with ctx.store.reading() as tx:
            row = outbox.last_nudge(tx, "promise", promise.id, rung, to.id)
            assert row is not None
            item = showing.nudge_item(tx, row)
        post = build_nudge(Nudge(to.id, to_channel=False, items=(item,)), now=ctx.now)
        buttons = [one for block in post["blocks"] for one in block.get("elements", []) if "action_id" in one]
        value = next(one["value"] for one in buttons if one["action_id"] == action)
        return {name: int(fact) for name, fact in decode(value).items() if name != "request"}

    return await office.desk.read(read)


async def snooze(office: Office, facts: Facts, who: Member = MIRA) -> Promise:
    return await office.desk.do(promising.snooze, actor=acting(who), **facts)


async def take_on(office: Office, facts: Facts, who: Member = MIRA) -> Promise:
    return await office.desk.do(promising.take_on, actor=acting(who), **facts)


async def times(office: Office, promise: Promise, kind: str = "snoozed") -> int:
    return [entry.kind for entry in (await office.status(promise.request)).history].count(kind)


async def stands(office: Office, promise: Promise) -> Promise:
    return next(each for each in await office.promises(promise.request) if each.id == promise.id)


async def test_the_button_of_a_nudge_carries_what_it_looks_at(at_work: Office) -> None:
    promise = await nudged(at_work)
    first = await drawn(at_work, promise, Action.SNOOZE)
    assert first == {"promise": promise.id, "revision": promise.revision, "put_off": 0}
    once = await snooze(at_work, first)
    assert once.snoozed_until is not None
    at_work.desk.clock.move(once.snoozed_until - at_work.now)
    await tell(at_work)
    assert await drawn(at_work, promise, Action.SNOOZE, rung="1.1") == {**first, "put_off": 1}
    assert await drawn(at_work, promise, Action.SNOOZE, rung="1.0") == first, "drawn anew it is still the older one"


OVER = "You put #1 off at 12:01, and that time is over. Nothing was changed."
"""One minute past ten, by Mira's clock in Helsinki."""


@pytest.mark.parametrize(
    ("after", "planned", "says"),
    [
        (timedelta(), False, "a moment ago"),
        (moved_on.AGAIN, False, "a moment ago"),
        (moved_on.AGAIN + SECOND, False, None),
        (timedelta(minutes=29, seconds=29), True, None),
        (timedelta(minutes=29, seconds=30), False, OVER),
        (timedelta(minutes=29, seconds=30), True, OVER),
        (timedelta(minutes=29, seconds=31), False, OVER),
        (timedelta(minutes=58, seconds=59), True, OVER),
        (timedelta(minutes=59), False, "due now"),
        (timedelta(days=2), True, "has ended"),
    ],
)
async def test_one_nudge_is_put_off_once(at_work: Office, after: timedelta, says: str | None, *, planned: bool) -> None:
    promise = await nudged(at_work)
    facts = await drawn(at_work, promise, Action.SNOOZE)
    once = await snooze(at_work, facts)
    assert once.snoozed_until == at_work.now + timedelta(minutes=29, seconds=30)
    at_work.desk.clock.move(after)
    if planned:
        await tell(at_work)
    before = await stands(at_work, promise)
    if says is None:
        assert await snooze(at_work, facts) == before
    else:
        with pytest.raises(RefusedError, match=says):
            await snooze(at_work, facts)
    assert await stands(at_work, promise) == before
    assert await times(at_work, promise) == 1


async def test_the_nudge_that_comes_again_is_put_off_by_its_own_button(at_work: Office) -> None:
    promise = await nudged(at_work)
    old = await drawn(at_work, promise, Action.SNOOZE)
    once = await snooze(at_work, old)
    assert once.snoozed_until is not None
    at_work.desk.clock.move(once.snoozed_until - at_work.now)
    await tell(at_work)
    newer = await drawn(at_work, promise, Action.SNOOZE)
    twice = await snooze(at_work, newer)
    assert twice.snoozed_until is not None
    assert twice.snoozed_until > once.snoozed_until
    at_work.later(minutes=1)
    assert await snooze(at_work, old) == twice, "while it rests, an older button says the same"
    at_work.desk.clock.move(twice.snoozed_until - at_work.now)
    for spent in (old, newer):
        with pytest.raises(MovedOnError):
            await snooze(at_work, spent)
    assert await times(at_work, promise) == 2


async def test_another_category_takes_no_snooze_from_a_nudge(at_work: Office) -> None:
    promise = await nudged(at_work)
    facts = await drawn(at_work, promise, Action.SNOOZE)
    card = await at_work.card(promise.request)
    other = "billing" if card.request.category != "billing" else "support"
    await at_work.desk.do(claiming.set_category, actor=acting(MIRA), request=promise.request, category=other)
    assert (await snooze(at_work, facts)).snoozed_until is not None


async def test_what_a_colleague_put_off_is_told_by_name(at_work: Office) -> None:
    promise = await nudged(at_work)
    facts = await drawn(at_work, promise, Action.SNOOZE)
    await snooze(at_work, facts, JONAS)
    at_work.later(seconds=5)
    assert (await snooze(at_work, facts)).snoozed == 1, "Jonas pressed that, not Mira: she is told until when"
    at_work.later(minutes=40)
    with pytest.raises(MovedOnError, match="Jonas put #1 off at 12:01"):
        await snooze(at_work, facts)


async def test_a_snooze_of_a_time_that_was_moved_puts_nothing_off(at_work: Office) -> None:
    promise = await nudged(at_work)
    facts = await drawn(at_work, promise, Action.SNOOZE)
    await at_work.send(promise.request, kind=ReplyKind.DELAY_UPDATE, due=5 * HOUR, replaces=promise.id)
    moved = (await at_work.promises(promise.request))[-1]
    with pytest.raises(RefusedError, match="has ended"):
        await snooze(at_work, facts)
    assert await stands(at_work, moved) == moved


async def test_who_just_pressed_hears_nothing_however_it_went_on(at_work: Office) -> None:
    promise = await nudged(at_work)
    facts = await drawn(at_work, promise, Action.SNOOZE)
    await snooze(at_work, facts)
    at_work.later(seconds=3)
    await at_work.desk.do(promising.mark_answered, actor=acting(MIRA), promise=promise.id)
    with pytest.raises(PressedAgainError):
        await snooze(at_work, facts)


Verb = Callable[..., Awaitable[Promise]]


@pytest.mark.parametrize(("verb", "action"), [(snooze, Action.SNOOZE), (take_on, Action.ON_IT)])
async def test_a_press_on_a_nudge_says_nothing_for_whoever_has_it_now(
    at_work: Office, verb: Verb, action: Action
) -> None:
    promise = await nudged(at_work)
    facts = await drawn(at_work, promise, action)
    await at_work.desk.do(claiming.hand_over, actor=acting(MIRA), request=promise.request, to=JONAS.id)
    at_work.later(minutes=2)
    before = await stands(at_work, promise)
    with pytest.raises(MovedOnError, match=r"Jonas has had #1 since 12:01\. Nothing was changed\."):
        await verb(at_work, facts)
    assert await stands(at_work, promise) == before
    assert (before.acked_at, before.snoozed_until) == (None, None)


@pytest.mark.parametrize(("verb", "action"), [(snooze, Action.SNOOZE), (take_on, Action.ON_IT)])
async def test_whoever_claims_it_may_answer_the_very_nudge_that_they_claimed_it_from(
    at_work: Office, verb: Verb, action: Action
) -> None:
    promise = await nudged(at_work)
    facts = await drawn(at_work, promise, action)
    await at_work.desk.do(claiming.release_request, actor=acting(MIRA), request=promise.request)
    await at_work.desk.do(claiming.claim_request, actor=acting(JONAS), request=promise.request)
    await verb(at_work, facts, JONAS)
    answered = await stands(at_work, promise)
    assert (answered.acked_by, answered.acked_at is None) == (JONAS.id, verb is snooze)


async def test_on_it_that_comes_again_does_not_speak_for_oneself_a_second_time(at_work: Office) -> None:
    promise = await nudged(at_work)
    facts = await drawn(at_work, promise, Action.ON_IT)
    await take_on(at_work, facts)
    for by, to in ((MIRA, JONAS), (JONAS, MIRA)):
        await at_work.desk.do(claiming.hand_over, actor=acting(by), request=promise.request, to=to.id)
    at_work.later(minutes=1)
    with pytest.raises(MovedOnError, match="You have had #1 since"):
        await take_on(at_work, facts)
    assert (await stands(at_work, promise)).acked_at is None


async def test_on_it_that_comes_again_after_one_went_away_says_who_hears_of_it(at_work: Office) -> None:
    promise = await nudged(at_work)
    facts = await drawn(at_work, promise, Action.ON_IT)
    await take_on(at_work, facts)
    at_work.later(minutes=4)
    await at_work.desk.do(entering.say_away, actor=acting(MIRA), when="until tomorrow", cover=JONAS.id)
    await tell(at_work)
    before = await stands(at_work, promise)
    assert before.revision == promise.revision + 1
    with pytest.raises(MovedOnError, match="Jonas hears of #1 by now, so that nudge is over"):
        await take_on(at_work, facts)
    assert await stands(at_work, promise) == before
    taken = await take_on(at_work, await drawn(at_work, promise, Action.ON_IT, to=JONAS), JONAS)
    assert taken.acked_by == JONAS.id


async def test_on_it_that_comes_again_does_not_speak_for_the_next_owner(at_work: Office) -> None:
    promise = await nudged(at_work)
    facts = await drawn(at_work, promise, Action.ON_IT)
    await take_on(at_work, facts)
    await at_work.desk.do(claiming.hand_over, actor=acting(MIRA), request=promise.request, to=JONAS.id)
    for seconds, refused in ((moved_on.AGAIN.total_seconds(), PressedAgainError), (1, MovedOnError)):
        at_work.later(seconds=seconds)
        with pytest.raises(refused):
            await take_on(at_work, facts)
    assert (await stands(at_work, promise)).acked_at is None


@pytest.mark.parametrize("handed", [False, True])
async def test_the_delay_form_answers_only_the_nudge_that_it_was_opened_from(at_work: Office, *, handed: bool) -> None:
    promise = await nudged(at_work)
    facts = await drawn(at_work, promise, Action.DELAY)
    if handed:
        await at_work.desk.do(claiming.hand_over, actor=acting(MIRA), request=promise.request, to=JONAS.id)
    form = await at_work.desk.do(promising.open_delay_form, actor=acting(MIRA), **facts)
    assert form.promise.id == promise.id
    assert ((await stands(at_work, promise)).acked_at is None) is handed


async def test_on_it_twice_is_said_once_and_later_again(at_work: Office) -> None:
    promise = await nudged(at_work)
    facts = await drawn(at_work, promise, Action.ON_IT)
    once = await take_on(at_work, facts)
    at_work.desk.clock.move(moved_on.AGAIN)
    with pytest.raises(PressedAgainError):
        await take_on(at_work, facts)
    at_work.later(seconds=1)
    assert await take_on(at_work, facts) == once
    assert await times(at_work, promise, "on_it") == 1


async def test_a_new_nudge_right_after_an_answer_is_answered_too(at_work: Office) -> None:
    promise = await nudged(at_work)
    await take_on(at_work, await drawn(at_work, promise, Action.ON_IT))
    for by, to in ((MIRA, JONAS), (JONAS, MIRA)):
        await at_work.desk.do(claiming.hand_over, actor=acting(by), request=promise.request, to=to.id)
    newer = {"promise": promise.id, "revision": promise.revision + 2}
    assert (await take_on(at_work, newer)).acked_at == at_work.now


async def test_a_button_of_an_older_version_works_as_it_did(at_work: Office) -> None:
    promise = await nudged(at_work)
    once = await snooze(at_work, {"promise": promise.id})
    assert await snooze(at_work, {"promise": promise.id}) == once
    assert once.snoozed_until is not None
    at_work.desk.clock.move(once.snoozed_until - at_work.now)
    assert (await snooze(at_work, {"promise": promise.id})).snoozed == once.snoozed + 1
    await at_work.desk.do(claiming.hand_over, actor=acting(MIRA), request=promise.request, to=JONAS.id)
    taken = await take_on(at_work, {"promise": promise.id})
    assert (taken.acked_at, taken.outcome) == (at_work.now, Outcome.OPEN)
