"""After a time passed without word: the draft owns it, and what was told after is told after from when it was sent."""

from datetime import timedelta

import pytest

from bot.blocks import phrases
from bot.blocks.cards.card import build_card
from bot.blocks.lists.status import build_status
from bot.blocks.pieces import Post
from bot.domain.promises import Outcome, Promise
from bot.domain.replies import ReplyKind
from bot.domain.snapshots.review import Review
from bot.services.nudges import nudging
from bot.services.replies import deciding, promising
from tests.support.office import MIRA, Office, acting

HOUR = timedelta(hours=1)


async def slipped(office: Office) -> Promise:
    """Return a promise of which it was said a moment ago that its time passed."""
    request = (await office.webhook()).request
    await office.send(request, due=HOUR)
    [promise] = await office.promises(request)
    office.later(seconds=(promise.due_at - office.now).total_seconds() + 5)
    await office.desk.do(nudging.plan)
    await office.deliver()
    [promise] = await office.promises(request)
    assert promise.outcome is Outcome.SLIPPED
    return promise


async def drafted(office: Office, promise: Promise, *, choice: str = "") -> Review:
    """Fill in the delay form as a person would and return the draft."""
    form = await office.desk.do(promising.open_delay_form, actor=acting(MIRA), promise=promise.id)
    return await office.desk.do(
        promising.draft_delay_update,
        actor=acting(MIRA),
        promise=form.promise.id,
        happened="Our test server lost the invoice",
        doing="I am writing it again",
        new_due_at=form.new_due_at,
        choice=choice,
    )


async def shown(office: Office, request: int) -> tuple[str, str]:
    """Return what the card and the status say."""

    def words(post: Post) -> str:
        return str(post["text"]) + str(post["blocks"])

    card = build_card(await office.card(request), now=office.now)
    return words(card), words(build_status(await office.status(request), now=office.now))


async def test_the_draft_owns_the_slip_and_has_its_four_parts_in_order(office: Office) -> None:
    promise = await slipped(office)
    review = await drafted(office, promise)
    parts = [
        "That time has passed without a word from me, and I am sorry.",
        "Our test server lost the invoice.",
        "I am writing it again.",
        f"{review.due_at:%-I:%M}",
        "still work for you?",
        "If you need it sooner",
    ]
    places = [review.text.find(part) for part in parts]
    assert -1 not in places, review.text
    assert places == sorted(places)
    assert review.kind is ReplyKind.DELAY_UPDATE
    assert review.replaces is None, "what slipped has slipped: nothing moves it any more"
    assert review.due_at is not None
    assert review.due_at > office.now


async def test_a_choice_of_ones_own_takes_the_place_of_ours(office: Office) -> None:
    review = await drafted(office, await slipped(office), choice="Shall I send a draft today instead?")
    assert "Shall I send a draft today instead?" in review.text
    assert "still work for you?" not in review.text


@pytest.mark.parametrize("sooner", [1, 3600], ids=["a second before", "an hour before"])
async def test_before_the_time_there_is_nothing_to_own(office: Office, sooner: int) -> None:
    request = (await office.webhook()).request
    await office.send(request, due=2 * HOUR)
    [promise] = await office.promises(request)
    office.later(seconds=(promise.due_at - office.now).total_seconds() - sooner)
    assert "without a word" not in (await drafted(office, promise)).text


async def test_drafting_and_approving_tell_the_client_nothing_sending_does(office: Office) -> None:
    promise = await slipped(office)
    request = promise.request
    review = await drafted(office, promise)
    assert not [what for what in await shown(office, request) if "told after" in what]
    assert review.due_at is not None
    how = {"kind": ReplyKind.DELAY_UPDATE, "due": review.due_at - office.now}
    undone = await office.approve(request, review.text, **how)
    await office.desk.do(deciding.undo_reply, actor=acting(MIRA), reply=undone.reply.id)
    await office.approve(request, review.text, **how)
    assert (await office.promises(request))[0].told_at is None
    assert (await office.card(request)).ledger.told_after == 0
    office.later(seconds=11)
    await office.deliver()
    found = next(p for p in await office.promises(request) if p.id == promise.id)
    assert found.outcome is Outcome.SLIPPED
    assert found.told_at is not None
    assert timedelta(0) <= office.now - found.told_at < timedelta(seconds=2)


async def test_card_status_and_ledger_say_that_they_were_told_after(office: Office) -> None:
    promise = await slipped(office)
    request = promise.request
    card, status = await shown(office, request)
    assert "they have heard nothing since" in card
    assert "Slipped, no word since" in status
    assert "1 slipped" in phrases.ledger((await office.card(request)).ledger)
    review = await drafted(office, promise)
    assert review.due_at is not None
    await office.send(request, text=review.text, kind=ReplyKind.DELAY_UPDATE, due=review.due_at - office.now)
    card, status = await shown(office, request)
    assert "they have heard nothing since" not in card
    assert "1 slipped (1 told after)" in card
    assert "Slipped, told after" in status
    assert "1 slipped (1 told after)" in status


async def test_a_word_without_a_new_time_is_told_after_and_the_card_still_asks_for_one(office: Office) -> None:
    promise = await slipped(office)
    await office.send(promise.request, kind=ReplyKind.QUESTION)
    card, status = await shown(office, promise.request)
    assert "a word came after" in card
    assert "without a new time" in card
    assert "Slipped, told after" in status


async def test_the_first_word_after_is_the_one_that_counts(office: Office) -> None:
    promise = await slipped(office)
    await office.send(promise.request, kind=ReplyKind.QUESTION)
    first = (await office.promises(promise.request))[0].told_at
    office.later(hours=1)
    await office.send(promise.request, kind=ReplyKind.QUESTION)
    assert first is not None
    assert (await office.promises(promise.request))[0].told_at == first
