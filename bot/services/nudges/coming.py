"""What comes next by itself: who hears of which request, and when, decided as planning will decide it."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from bot.domain.ladder.nudges import BUNDLE_WINDOW
from bot.domain.ladder.reaching import reach
from bot.domain.overview import Upcoming
from bot.domain.pauses import WAITING
from bot.domain.people import Member
from bot.domain.requests import Request
from bot.domain.snapshots.status import StepKind
from bot.domain.targets import Target
from bot.domain.working_time import NoWorkingTimeError
from bot.services import announcing
from bot.services.context import Context
from bot.services.finding import find_client, find_request
from bot.services.hours.reaching import DAY_OF_WORK, Crew
from bot.services.nudges import foreseeing
from bot.store import Tx, overview, people, promises


def coming(tx: Tx, ctx: Context) -> Upcoming | None:
    """Return the soonest nudge of all; one that is due this instant is already being planned."""
    waiting = overview.soonest_waiting_nudge(tx, ctx.now)
    found = [_promised(tx, ctx), _aimed(tx, ctx), _paused(tx, ctx)]
    if waiting is not None:
        row, at = waiting
        found.append(_upcoming(tx, find_request(tx, int(row.payload["request"])), at, (row.recipient,)))
    return min((one for one in found if one is not None), key=lambda one: one.at, default=None)


def coming_about(tx: Tx, ctx: Context, request: int) -> Upcoming | None:
    """Return when somebody hears next of the promise of a request, else of its aim; None when neither comes."""
    return _promised(tx, ctx, request) or _aimed(tx, ctx, request)


def _promised(tx: Tx, ctx: Context, request: int | None = None) -> Upcoming | None:
    promise = overview.soonest_promise(tx, ctx.now, request=request)
    if promise is None or promise.next_at is None:
        return None
    about, at = find_request(tx, promise.request), promise.next_at
    step = next(iter(foreseeing.steps_of(ctx, Crew(tx, ctx), promise, about)), None)
    if step is None:  # it is due; a reply on its way decides whether it slipped
        return _upcoming(tx, about, at, announcing.recipients_of(tx, about, lead_too=True))
    at = max(at, step.at)
    if step.kind is StepKind.NUDGE and about.owner in {member.id for member in step.to}:  # see planning: it may wait
        window = at + BUNDLE_WINDOW
        other = promises.next_for_owner(tx, about.owner or "", but=promise.id, after=at, until=window)
        at = other if other is not None and other < promise.due_at else at
    return _upcoming(tx, about, at, tuple(member.id for member in step.to))


def _aimed(tx: Tx, ctx: Context, request: int | None = None) -> Upcoming | None:
    crew = Crew(tx, ctx)
    aims = overview.soonest_targets(tx, ctx.now, request=request)
    return _first((aim.next_at, partial(_of_aim, crew, aim, aim.next_at)) for aim in aims if aim.next_at is not None)


def _of_aim(crew: Crew, aim: Target, at: datetime) -> Upcoming:
    """Return who is reminded of an aim that is looked at then: its owner in their hours, else the team in its own."""
    about = find_request(crew.tx, aim.request)
    if about.owner is None:
        return _upcoming(crew.tx, about, _opening(crew, at), (announcing.CHANNEL,))
    return _reached(crew, about, at, max(aim.due_at, at))


def _paused(tx: Tx, ctx: Context) -> Upcoming | None:
    crew = Crew(tx, ctx)
    pauses = overview.soonest_pauses(tx, ctx.now)
    return _first((until, partial(_of_pause, crew, ident, until)) for ident, until in pauses)


def _of_pause(crew: Crew, ident: int, until: datetime) -> Upcoming:
    """Return who hears that a pause is over, or who is asked whether to go on waiting, as planning decides it."""
    about = find_request(crew.tx, ident)
    if about.state not in WAITING:
        return _upcoming(crew.tx, about, until, announcing.recipients_of(crew.tx, about))
    return _reached(crew, about, until, until)


def _reached(crew: Crew, about: Request, at: datetime, due_at: datetime) -> Upcoming:
    """Return who hears what is due then, of an owner's time or of the team's; what is due at once has a day of work."""
    due = due_at if due_at > at else _within_a_day(crew, at)
    to = reach(crew.of(about, until=due), at, due)
    is_team = to.recipient == announcing.CHANNEL
    return _upcoming(crew.tx, about, _opening(crew, at) if is_team else to.at, (to.recipient,))


def _within_a_day(crew: Crew, at: datetime) -> datetime:
    try:
        return crew.hours().add(at, DAY_OF_WORK)
    except NoWorkingTimeError:
        return at + timedelta(days=1)


def _opening(crew: Crew, at: datetime) -> datetime:
    try:
        return crew.hours().next_opening(at)
    except NoWorkingTimeError:
        return at


def _first(coming: Iterable[tuple[datetime, Callable[[], Upcoming]]]) -> Upcoming | None:
    """Return what leaves first of what is looked at in this order: nothing leaves before it is looked at."""
    found: Upcoming | None = None
    for at, decide in coming:
        if found is not None and found.at <= at:
            break
        decided = decide()
        found = decided if found is None or decided.at < found.at else found
    return found


def _upcoming(tx: Tx, about: Request, at: datetime, recipients: tuple[str, ...]) -> Upcoming:
    to: list[Member] = [member for each in recipients if (member := people.member(tx, each)) is not None]
    return Upcoming(at=at, request=about.id, client=find_client(tx, about).name, to=tuple(to))
