"""What happened to a request, in words. Events carry ids and instants, never a client's text."""

from collections.abc import Mapping
from typing import Final

from bot.blocks.phrases import ANSWERS, REPLY_KINDS
from bot.blocks.words import Element, mention, one_line, said, when_element
from bot.domain.categories import category_of
from bot.domain.promises import ClientAnswer
from bot.domain.replies import ReplyKind
from bot.domain.snapshots.status import HistoryEntry

_HAPPENED: Final[Mapping[str, str]] = {
    "received": "Arrived",
    "merged": "The client added to it",
    "client_wrote": "The client wrote",
    "message_edited": "A message was edited",
    "message_deleted": "A message was deleted",
    "said_directly": "Answered directly in the client's channel",
    "claimed": "Claimed",
    "released": "Released",
    "handed_over": "Handed over to ",
    "categorised": "Category: ",
    "approved": "Approved: ",
    "undone": "Undone before it left",
    "sent": "Sent: ",
    "reply_failed": "A reply did not get through",
    "reply_uncertain": "Unknown whether a reply arrived",
    "retried": "Sent again",
    "arrived_by_word": "Confirmed that it arrived",
    "dropped": "A reply was dropped",
    "promised": "A time was promised",
    "promise_kept": "Promise kept",
    "promise_moved_before": "Promise moved before it was due",
    "promise_slipped": "Promise slipped",
    "promise_released": "Promise released",
    "promise_void": "A promised time never left",
    "answered_late": "Answered, late",
    "client_answered": "The client answered: ",
    "nudged": "Nudged: ",
    "snoozed": "Nudge put off",
    "on_it": "Nudge answered: in hand",
    "target_missed": "Nobody had answered in time",
    "clock_restored": "Its reminders were set again",
    "open": "In work again",
    "waiting_client": "Waiting for the client",
    "waiting_supplier": "Waiting for a supplier",
    "parked": "Parked",
    "rechecked": "Asked whether the wait still makes sense: ",
    "resumed": "Taken up again",
    "done": "Done",
    "not_a_request": "Not a request",
    "reopened": "Reopened",
}
"""By event kind; what ends in a space is followed by its detail. Another kind reads as it is called."""


def happened(entry: HistoryEntry, names: Mapping[str, str]) -> list[Element]:
    """Return one event as a line: when, what, by whom."""
    what = _HAPPENED.get(entry.kind) or one_line(entry.kind.replace("_", " "), 80).capitalize()
    detail = [_detail(entry, names)] if what.endswith(" ") else []
    who = [said(" · "), mention(entry.actor, names.get(entry.actor, ""))] if entry.actor else []
    return [when_element(entry.at), said(f" · {what}"), *detail, *who, said("\n")]


def _detail(entry: HistoryEntry, names: Mapping[str, str]) -> Element:
    if entry.kind == "handed_over":
        return mention(entry.detail, names.get(entry.detail, ""))
    if entry.kind in {"nudged", "rechecked"}:
        return (
            said("the team channel")
            if entry.detail == "channel"
            else mention(entry.detail, names.get(entry.detail, ""))
        )
    if entry.kind == "categorised":
        return said(category_of(entry.detail).name)
    if entry.kind == "client_answered" and entry.detail in set(ClientAnswer):
        return said(ANSWERS[ClientAnswer(entry.detail)])
    if entry.detail in set(ReplyKind):
        return said(REPLY_KINDS[ReplyKind(entry.detail)].lower())
    return said(one_line(entry.detail, 80))
