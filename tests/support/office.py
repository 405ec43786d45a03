"""A small team and short ways to live through a request's day with the real services on a real database."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.domain.incoming import ChannelMessage, IncomingMessage, Received, Source
from bot.domain.people import Actor, Member
from bot.domain.promises import Promise
from bot.domain.replies import Approval, PromiseKind, ReplyKind
from bot.domain.snapshots.card import Card
from bot.domain.snapshots.review import Approved
from bot.domain.snapshots.status import Status
from bot.outbound.base import Receipt, Remote
from bot.services.arriving import linking, listening, receiving
from bot.services.context import Context, Desk
from bot.services.outbox import beginning, delivering, recording
from bot.services.reading import asking
from bot.services.replies import replying
from bot.store import outbox, replies, tables
from bot.store.outbox import Row

MIRA = Member(id="U0MIRA", name="Mira", tz="Europe/Helsinki")
JONAS = Member(id="U0JONAS", name="Jonas", tz="Europe/Berlin")
SAM = Member(id="U0SAM", name="Sam", tz="America/New_York")
TEAM = "T0OURS"
ACME_CHANNEL = "C0ACME"
CARLA = "U0CARLA"


def acting(member: Member) -> Actor:
    """Return a member as the one who presses."""
    return Actor(member.id, TEAM)


@dataclass
class Office:
    """Says what happens; every sentence is one or a few service calls at the clock's now."""

    desk: Desk
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    @property
    def now(self) -> datetime:
        return self.desk.clock.now()

    def later(self, **span: float) -> None:
        """Move the clock forward."""
        self.desk.clock.move(timedelta(**span))

    async def webhook(self, text: str = "The contact form on our site is broken.", **facts: Any) -> Received:
        """Let a client's message arrive by webhook."""
        number = next(self.numbers)
        incoming = IncomingMessage(
            **{
                "source": Source.WEBHOOK,
                "identity": f"msg_{number}",
                "text": text,
                "at": self.now,
                "client_name": "Acme",
                "sender_name": "Carla Mendes",
                "sender_email": "carla@acme.example",
                "callback_url": "http://127.0.0.1:9/hook",
                **facts,
            }
        )
        return await self.desk.do(receiving.receive, incoming=incoming, raw=f"{incoming}".encode())

    async def link_acme(self) -> None:
        """Link the channel that is shared with Acme."""
        await self.desk.do(
            linking.link_channel,
            actor=acting(MIRA),
            channel=ACME_CHANNEL,
            name="acme-shared",
            client_name="Acme",
            shared=True,
        )

    async def said(self, text: str, *, user: str = CARLA, thread: str | None = None, ts: str = "") -> Received | None:
        """Let somebody write in Acme's channel."""
        said = ChannelMessage(
            channel=ACME_CHANNEL,
            ts=ts or f"{self.now.timestamp():.0f}.{next(self.numbers):06d}",
            text=text,
            user=user,
            at=self.now,
            team="T0ACME" if user == CARLA else TEAM,
            name="Carla" if user == CARLA else "",
            thread=thread,
        )
        return await self.desk.do(listening.channel_message, said=said, raw=f"{said.ts}{said.text}".encode())

    async def approve(
        self,
        request: int,
        text: str = "Thanks, I am on it.",
        *,
        by: Member = MIRA,
        kind: ReplyKind = ReplyKind.ACKNOWLEDGEMENT,
        promise: PromiseKind | None = None,
        due: timedelta | None = None,
        replaces: int | None = None,
        window: str = "",
    ) -> Approved:
        """Approve a reply in a window that was opened just now."""
        latest = await self.latest_reply(request)
        approval = Approval(
            window=window or f"V{next(self.numbers)}",
            request=request,
            kind=kind,
            text=text,
            promise_kind=promise or (PromiseKind.HEAR if due is not None else None),
            due_at=self.now + due if due is not None else None,
            replaces=replaces,
            latest_reply=latest,
        )
        return await self.desk.do(replying.approve_reply, actor=acting(by), approval=approval)

    async def latest_reply(self, request: int) -> int:
        def read(ctx: Context) -> int:
            with ctx.store.reading() as tx:
                return replies.latest_reply(tx, request)

        return await self.desk.read(read)

    async def deliver(self, *, place: bool = True) -> list[Row]:
        """Deliver everything that is due as if every far side took it; return the rows, in order."""
        done: list[Row] = []
        for _ in range(50):
            rows = await self.desk.do(delivering._lease, token="tests", most=20)
            if not rows:
                return done
            for row in rows:
                job = await self.desk.do(beginning.begin, row=row)
                if job is None:
                    continue
                remote = job.reference.remote
                if remote is None and place and job.way != "webhook":
                    remote = Remote(row.recipient or "C0TEAM", f"{self.now.timestamp():.0f}.{next(self.numbers):06d}")
                await self.desk.do(recording.sent, row=row, version=job.version, receipt=Receipt(remote))
                done.append(row)
        raise AssertionError("the outbox never became empty")

    async def send(self, request: int, **how: Any) -> Approved:
        """Approve a reply and let it be delivered after its hold."""
        approved = await self.approve(request, **how)
        self.later(seconds=11)
        await self.deliver()
        return approved

    async def card(self, request: int) -> Card:
        return await self.desk.read(asking.card_of, actor=acting(MIRA), request=request)

    async def status(self, request: int) -> Status:
        return await self.desk.read(asking.status_of, actor=acting(MIRA), request=request)

    async def promises(self, request: int) -> tuple[Promise, ...]:
        return (await self.status(request)).promises

    async def nudges(self) -> list[str]:
        """Return the keys of all nudges that were written, oldest first."""

        def read(ctx: Context) -> list[str]:
            with ctx.store.reading() as tx:
                query = select(outbox.o.key).where(outbox.o.kind == "nudge").order_by(tables.outbox.c.id)
                return [str(row.key) for row in tx.execute(query)]

        return await self.desk.read(read)
