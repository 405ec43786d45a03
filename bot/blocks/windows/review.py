"""From a suggestion to words that can leave: the review window."""

from bot.blocks import phrases
from bot.blocks.ids import Field, Window, encode
from bot.blocks.pieces import (
    Block,
    View,
    ask,
    context,
    modal,
    option,
    radio,
    section,
    select,
    text_field,
    time_field,
)
from bot.blocks.words import DATE, is_blank, mrkdwn, one_line, paragraph, person, plain, quote, rich_text, said
from bot.domain.promises import Promise
from bot.domain.replies import PromiseKind, WayKind
from bot.domain.snapshots.review import Review, mark_of

NOTHING = "none"
"""The value of "no time in this reply" and of "moves no promise"."""

_EXCERPT = 700


def build_review(review: Review, *, after: int = 0) -> View:
    """Return the window in which a reply is read, changed and sent.

    `after` is the reply that was undone to come here again: Send in this window then approves anew.
    """
    blocks = [
        section(_to(review)),
        context(plain(_where(review))),
        *_asked(review),
        *_checks(review),
        *_language(review),
        ask(Field.TEXT, "Your words", text_field(review.text, multiline=True), hint=_hint(review)),
        *_promise(review),
        *_moves(review),
    ]
    return modal(
        Window.REVIEW,
        f"Reply to {phrases.number(review.request)}",
        blocks,
        metadata=encode(
            request=review.request.id,
            kind=review.kind,
            latest=review.latest_reply,
            after=after,
            seen=mark_of(review.checks),
        ),
        submit="I tell them" if review.way.kind is WayKind.BY_HAND else "Send",
        close="Cancel",
    )


def _to(review: Review) -> str:
    kind = phrases.REPLY_KINDS[review.kind]
    owner = f"Owned by {person(review.owner.id, review.owner.name)}" if review.owner else "Owned by nobody yet"
    return f"*{kind}* · {owner}"


def _where(review: Review) -> str:
    how = phrases.way(review.way.kind, review.way.label, address=True)
    return f"To {phrases.client_name(review.client)} · {how}"


def _asked(review: Review) -> list[Block]:
    if is_blank(review.excerpt):
        return []
    return [rich_text(quote(said(paragraph(review.excerpt, _EXCERPT, lines=10)[0])))]


def _language(review: Review) -> list[Block]:
    if review.unwritten is None:
        return []
    return [context(plain(f"Ready replies are in English for now; {phrases.reads(review.client, review.unwritten)}."))]


def _checks(review: Review) -> list[Block]:
    return [context(mrkdwn("⚠️"), plain(one_line(sentence, 400))) for sentence in review.checks[:6]]


def _hint(review: Review) -> str:
    if review.way.kind is WayKind.BY_HAND:
        return "We have no way to reach this client: you give them these words yourself, and they count as told."
    return f"Exactly these words leave. After Send you have {review.undo_seconds} seconds to undo."


def _promise(review: Review) -> list[Block]:
    kinds = [
        option("They hear from us by …", PromiseKind.HEAR),
        option("They have it by …", PromiseKind.HAVE),
        option("No time in this reply", NOTHING),
    ]
    chosen = review.promise_kind or NOTHING
    return [
        ask(Field.PROMISE_KIND, "What we promise", select(Field.PROMISE_KIND, kinds, chosen=chosen)),
        ask(
            Field.DUE_AT,
            "By when, if we promise",
            time_field(review.due_at),
            hint="In your own time zone. If you change it, change it in your words as well.",
            optional=True,
        ),
    ]


def _moves(review: Review) -> list[Block]:
    if not review.open_promises:
        return []
    options = [_movable(promise) for promise in review.open_promises[:9]]
    options.append(option("None: it is a further promise", NOTHING))
    chosen = _moved(review)
    return [ask(Field.REPLACES, "Which promise the new time moves", radio(Field.REPLACES, options, chosen=chosen))]


def _moved(review: Review) -> str:
    """Return the promise that is moved unless somebody says otherwise: the named one, else one of the same kind."""
    if review.replaces is not None:
        return str(review.replaces)
    same = [promise.id for promise in review.open_promises if promise.kind is review.promise_kind]
    return str(same[0]) if same else NOTHING


def _movable(promise: Promise) -> Block:
    what = "They hear from us by" if promise.kind is PromiseKind.HEAR else "They have it by"
    due = f"<!date^{int(promise.due_at.timestamp())}^{DATE}|{promise.due_at:%d %b %H:%M} UTC>"
    return {**option(what, str(promise.id)), "description": mrkdwn(due)}
