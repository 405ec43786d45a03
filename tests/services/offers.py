"""A team in Helsinki that tells clients times: what is offered to it, and what it sees before it sends."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.hours.calendars import parse_rules
from bot.domain.people import Member
from bot.domain.promises import Promise
from bot.domain.snapshots.review import DelayForm, Review
from bot.services.context import Context
from bot.services.replies import promising, reviewing
from bot.services.requests import claiming, profiles
from bot.store import absences
from tests.support.office import MIRA, Office, acting

HOUR = timedelta(hours=1)
HELSINKI = ZoneInfo("Europe/Helsinki")
TEAM = parse_rules("Europe/Helsinki Mon-Fri 09:00-17:00")


def at(said: str) -> datetime:
    """Return "11-27 16:31" of 2026 in Helsinki."""
    return datetime.strptime(f"2026-{said}", "%Y-%m-%d %H:%M").replace(tzinfo=HELSINKI)


def goto(office: Office, said: str) -> None:
    office.later(seconds=(at(said) - office.now).total_seconds())


def local(due: datetime | None) -> str:
    return f"{due.astimezone(HELSINKI):%a %d %H:%M}" if due else "none"


async def away(office: Office, member: Member, start: str, end: str) -> None:
    def enter(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            facts = {"member": member.id, "source": "cli", "made_at": ctx.now, "reason": ""}
            absences.add(tx, starts_at=at(start), ends_at=at(end), **facts)

    await office.desk.do(enter)


async def request_of(office: Office, owner: Member | None = MIRA) -> int:
    request = (await office.webhook()).request
    if owner is not None:
        await office.desk.do(claiming.claim_request, actor=acting(owner), request=request)
    return request


async def acknowledged(office: Office, request: int, *, by: Member = MIRA) -> Review:
    """Press the card's first suggestion: an acknowledgement within two hours."""
    key = (await office.card(request)).suggestions[0].key
    return await office.desk.do(reviewing.open_review, actor=acting(by), request=request, suggestion=key)


async def promised(office: Office, due: datetime, owner: Member | None = MIRA) -> Promise:
    request = await request_of(office, owner)
    await office.send(request, due=due - office.now)
    return (await office.promises(request))[-1]


async def delayed(office: Office, promise: Promise, *, by: Member = MIRA) -> DelayForm:
    return await office.desk.do(promising.open_delay_form, actor=acting(by), promise=promise.id)


async def previewed(office: Office, form: DelayForm, due: datetime, *, by: Member = MIRA) -> Review:
    return await office.desk.do(
        promising.draft_delay_update,
        actor=acting(by),
        promise=form.promise.id,
        happened="A part is late.",
        doing="I am testing another.",
        new_due_at=due,
    )


async def in_zone(office: Office, request: int, tz: str) -> None:
    client = (await office.card(request)).client
    how = {"name": client.name, "language": client.language, "tz": tz}
    await office.desk.do(profiles.update_profile, actor=acting(MIRA), client=client.id, **how)
