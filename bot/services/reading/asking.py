"""Reads for people: a card, one request in full, queues, App Home, and how healthy things are."""

from dataclasses import replace

from bot.domain.health import Health
from bot.domain.people import Actor
from bot.domain.promises import Outcome
from bot.domain.replies import NEEDS_A_PERSON
from bot.domain.requests import Message
from bot.domain.snapshots.card import Card
from bot.domain.snapshots.lists import Home, Queue, Setup
from bot.domain.snapshots.status import Status
from bot.errors import RefusedError
from bot.services.audit import audits
from bot.services.context import Context
from bot.services.finding import LARGEST, find_request
from bot.services.hours.reaching import Crew
from bot.services.installation import TEAM_CHANNEL
from bot.services.naming import check_has_requests
from bot.services.nudges import foreseeing
from bot.services.outbox import showing
from bot.services.people import check_member
from bot.services.requests import moved_on
from bot.store import Tx, channels, events, inbound, lists, messages, outbox, people, promises, replies, requests

LIST = 20
"""Requests in one answer; more would not be read in a chat."""

STUCK_SECONDS = 600.0
"""A message that could have left this long ago is a problem to be seen."""


def card_of(ctx: Context, *, actor: Actor, request: int) -> Card:
    """Return a request as its card shows it, and in whose hands it is."""
    with ctx.store.reading() as tx:
        check_member(tx, actor)
        found = find_request(tx, request)
        return replace(showing.card(tx, found.id), hands=moved_on.hands_of(tx, found))


def refresh_card(ctx: Context, *, request: int) -> None:
    """Ask for a card to be shown as it stands now, for instance after a press on an old one."""
    with ctx.store.writing() as tx:
        if 0 < request < LARGEST and requests.request(tx, request) is not None:
            outbox.want_card(tx, request, ctx.now)


def conversation_of(ctx: Context, *, actor: Actor, request: int) -> tuple[Card, tuple[Message, ...]]:
    """Return a request with its whole conversation, for "show all"."""
    with ctx.store.reading() as tx:
        check_member(tx, actor)
        return showing.card(tx, find_request(tx, request).id), messages.conversation(tx, request)


def status_of(ctx: Context, *, actor: Actor, request: int) -> Status:
    """Return a request in full: its card, every promise it ever had, what happened when."""
    with ctx.store.reading() as tx:
        check_member(tx, actor)
        card = showing.card(tx, find_request(tx, request).id)
        told = next((each for each in card.promises if each.outcome is Outcome.OPEN), None)
        return Status(
            card=card,
            promises=promises.promises_of(tx, request),
            history=events.history(tx, request),
            ladder=foreseeing.steps_of(ctx, Crew(tx, ctx), told, card.request) if told else (),
            reader=actor.user,
        )


def open_queue(ctx: Context, *, actor: Actor) -> Queue:
    """Return all live requests, soonest promise first."""
    with ctx.store.reading() as tx:
        check_member(tx, actor)
        lines, total = lists.lines(tx, most=LIST)
        return Queue(of="everyone", lines=lines, total=total, ledger=promises.ledger(tx))


def queue_of_member(ctx: Context, *, actor: Actor, member: str) -> Queue:
    """Return one member's live requests."""
    with ctx.store.reading() as tx:
        check_member(tx, actor)
        person = check_has_requests(tx, member)
        lines, total = lists.lines(tx, owner=member, most=LIST)
        return Queue(of=person.name, lines=lines, total=total, ledger=promises.ledger(tx, owner=member))


def queue_of_client(ctx: Context, *, actor: Actor, client: int) -> Queue:
    """Return one client's live requests and their ledger."""
    with ctx.store.reading() as tx:
        check_member(tx, actor)
        found = people.client(tx, client)
        if found is None:
            raise RefusedError("That client is not there any more.")
        lines, total = lists.lines(tx, client=client, most=LIST)
        return Queue(of=found.name, lines=lines, total=total, ledger=promises.ledger(tx, client=client))


def home_of(ctx: Context, *, actor: Actor) -> Home:
    """Return App Home of a member: their queue, their promises by time, what nobody took yet, the first steps."""
    with ctx.store.reading() as tx:
        member = check_member(tx, actor)
        mine, total_mine = lists.lines(tx, owner=member.id, most=LIST)
        unclaimed, total_unclaimed = lists.lines(tx, unclaimed=True, most=10)
        promised, _ = lists.lines(tx, owner=member.id, promised=True, most=LIST)
        return Home(
            member=member,
            mine=mine,
            unclaimed=unclaimed,
            promises=promised,
            ledger=promises.ledger(tx, owner=member.id),
            setup=_setup(tx),
            total_mine=total_mine,
            total_unclaimed=total_unclaimed,
        )


def setup_of(ctx: Context) -> Setup:
    """Return what the first-run guide still asks for."""
    with ctx.store.reading() as tx:
        return _setup(tx)


def _setup(tx: Tx) -> Setup:
    channel = events.setting(tx, TEAM_CHANNEL)
    return Setup(team_channel=channel, team_channel_joined=channel is not None, linked=channels.channels(tx))


def health_of(ctx: Context) -> Health:
    """Say how the installation is; every problem is a sentence."""
    with ctx.store.reading() as tx:
        waiting, oldest = outbox.waiting(tx)
        why = outbox.why_waiting(tx, ctx.now)
        quarantined = inbound.quarantined(tx)
        undecided = replies.count(tx, states=[str(state) for state in NEEDS_A_PERSON])
        looked = audits.last(tx)
    late = max(0.0, (ctx.now - oldest).total_seconds()) if oldest else 0.0
    problems = []
    if late > STUCK_SECONDS:
        problems.append(f"The oldest message has waited {int(late // 60)} minutes to leave.")
    problems += [f"Something waits to leave: {sentence}" for sentence in why]
    if undecided:
        some = "1 reply waits" if undecided == 1 else f"{undecided} replies wait"
        problems.append(f"{some} for a person's word: did the client get it? Their cards have the buttons.")
    if quarantined:
        some = "1 arrival is" if quarantined == 1 else f"{quarantined} arrivals are"
        problems.append(f"{some} kept aside that could not be read; the team channel was told which.")
    return Health(
        ready=late <= STUCK_SECONDS,
        problems=tuple(problems),
        outbox_waiting=waiting,
        oldest_waiting_s=late,
        audits=looked,
    )
