"""All tables; importing this package registers every one of them with `METADATA`."""

from typing import cast

from sqlalchemy import Table
from sqlmodel import SQLModel

from bot.store.tables.base import METADATA
from bot.store.tables.delivery import EventRow, InboundRow, OutboxRow, PaceRow, SettingRow
from bot.store.tables.people import AbsenceRow, CalendarRow, ChannelRow, ClientRow, ContactRow, MemberRow
from bot.store.tables.work import CorrectionRow, MessageRow, PromiseRow, ReplyRow, RequestRow, TargetRow


def _table(model: type[SQLModel]) -> Table:
    return cast("Table", model.__table__)  # type: ignore[attr-defined]  # SQLModel adds it to table classes


member = _table(MemberRow)
calendar = _table(CalendarRow)
absence = _table(AbsenceRow)
client = _table(ClientRow)
contact = _table(ContactRow)
channel = _table(ChannelRow)
request = _table(RequestRow)
message = _table(MessageRow)
reply = _table(ReplyRow)
promise = _table(PromiseRow)
target = _table(TargetRow)
correction = _table(CorrectionRow)
inbound = _table(InboundRow)
outbox = _table(OutboxRow)
pace = _table(PaceRow)
event = _table(EventRow)
setting = _table(SettingRow)

__all__ = ["METADATA"]
