"""Database rows to frozen domain values, in one place."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from bot.domain.incoming import Attachment, Source
from bot.domain.people import Client, Contact, LinkedChannel, Member
from bot.domain.promises import ClientAnswer, Outcome, Promise
from bot.domain.replies import PromiseKind, Reply, ReplyKind, ReplyState, WayKind
from bot.domain.requests import Direction, Message, Request, State
from bot.domain.targets import Target, TargetKind, TargetOutcome

AnyRow = Row[Any]


def to_member(row: AnyRow) -> Member:
    """Build a member from its row; the zone that they chose here counts before Slack's."""
    return Member(
        id=row.id,
        name=row.name,
        tz=row.tz_own or row.tz,
        active=row.active,
        lead=row.lead,
        tz_own=row.tz_own,
        stand_in=row.stand_in,
        dnd_until=row.dnd_until,
    )


def to_client(row: AnyRow) -> Client:
    """Build a client from its row."""
    return Client(
        id=row.id,
        name=row.name,
        confirmed=row.confirmed,
        language=row.language,
        tz=row.tz,
        tone=row.tone,
        notes=row.notes,
        first_answer=_span(row.first_answer_s),
        next_answer=_span(row.next_answer_s),
    )


def _span(seconds: int | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def to_contact(row: AnyRow) -> Contact:
    """Build a contact from its row."""
    return Contact(
        id=row.id,
        client=row.client,
        name=row.name,
        email=row.email,
        slack_user=row.slack_user,
        slack_team=row.slack_team,
    )


def to_channel(row: AnyRow) -> LinkedChannel:
    """Build a linked channel from its row."""
    return LinkedChannel(id=row.id, name=row.name, client=row.client, shared=row.shared, joined=row.joined)


def to_request(row: AnyRow) -> Request:
    """Build a request from its row."""
    return Request(
        id=row.id,
        client=row.client,
        contact=row.contact,
        state=State(row.state),
        owner=row.owner,
        category=row.category,
        category_by=row.category_by,
        reasons=tuple(row.reasons),
        heat=row.heat,
        ask=row.ask,
        subject=row.subject,
        language=row.language,
        source=Source(row.source),
        opened_at=row.opened_at,
        waiting_since=row.waiting_since,
        first_answered_at=row.first_answered_at,
        parked_until=row.parked_until,
        closed_at=row.closed_at,
        channel=row.channel,
        thread=row.thread,
        callback_url=row.callback_url,
        paused_at=row.paused_at,
        pause_reason=row.pause_reason,
        pause_note=row.pause_note,
    )


def to_message(row: AnyRow) -> Message:
    """Build a message from its row."""
    return Message(
        id=row.id,
        request=row.request,
        direction=Direction(row.direction),
        author=row.author,
        text=row.text,
        at=row.at,
        edited=row.edited,
        deleted=row.deleted,
        said_directly=row.said_directly,
        attachments=tuple(Attachment(**facts) for facts in row.attachments),
        channel=row.channel,
        ts=row.ts,
    )


def to_reply(row: AnyRow) -> Reply:
    """Build a reply from its row."""
    return Reply(
        id=row.id,
        request=row.request,
        kind=ReplyKind(row.kind),
        state=ReplyState(row.state),
        text=row.text,
        revision=row.revision,
        approver=row.approver,
        approved_at=row.approved_at,
        hold_until=row.hold_until,
        way=WayKind(row.way),
        way_label=row.way_label,
        sent_at=row.sent_at,
        error=row.error,
    )


def to_promise(row: AnyRow) -> Promise:
    """Build a promise from its row."""
    return Promise(
        id=row.id,
        request=row.request,
        kind=PromiseKind(row.kind),
        due_at=row.due_at,
        made_at=row.made_at,
        revision=row.revision,
        outcome=Outcome(row.outcome),
        reply=row.reply,
        replaces=row.replaces,
        answer=ClientAnswer(row.answer) if row.answer else None,
        answered_at=row.answered_at,
        next_at=row.next_at,
        rung=row.rung,
        snoozed=row.snoozed,
        closed_at=row.closed_at,
        opened_at=row.opened_at,
        nudged_at=row.nudged_at,
        acked_at=row.acked_at,
        acked_by=row.acked_by,
        counted_on=row.counted_on,
        escalated_at=row.escalated_at,
        snoozed_until=row.snoozed_until,
        anew_at=row.anew_at,
        told_at=row.told_at,
        hours=row.hours,
    )


def to_target(row: AnyRow) -> Target:
    """Build a target from its row."""
    return Target(
        id=row.id,
        request=row.request,
        kind=TargetKind(row.kind),
        due_at=row.due_at,
        revision=row.revision,
        outcome=TargetOutcome(row.outcome),
        next_at=row.next_at,
        start_at=row.start_at,
        amount=timedelta(seconds=row.amount_s),
        paused_at=row.paused_at,
        remaining=None if row.remaining_us is None else timedelta(microseconds=row.remaining_us),
        resumed_at=row.resumed_at,
        nudged_at=row.nudged_at,
        hours=row.hours,
    )
