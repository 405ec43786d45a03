"""What is mirrored into a card's thread: the conversation with the client, and notes of ours."""

from bot.blocks import phrases
from bot.blocks.client_words import files
from bot.blocks.pieces import Block, Post, context, section
from bot.blocks.words import (
    Element,
    escape,
    fallback,
    is_blank,
    line,
    mrkdwn,
    one_line,
    paragraph,
    plain,
    quote,
    rich_text,
    said,
    spoken,
    when,
    when_element,
    written,
)
from bot.domain.requests import Direction, Message
from bot.domain.snapshots.card import ThreadPost

_MOST = 6_000
_LINES = 80


def build_thread_post(post: ThreadPost) -> Post:
    """Return one message of the conversation as the team reads it, or a note of ours."""
    client = phrases.client_name(post.client)
    blocks: list[Block] = []
    lines: list[str] = []
    if post.message is not None:
        heading = _heading(post.message, client)
        text, _ = paragraph(post.message.text, _MOST, lines=_LINES)
        blocks += [rich_text(line(*heading), quote(*_words(post.message, text)))]
        names = files(() if post.message.deleted else post.message.attachments)
        blocks += [context(plain(names))] if names else []
        head = "".join(part["text"] for part in heading if part["type"] == "text")
        lines += [escape(head) + when(post.message.at), escape(_spoken(post.message, text)), escape(names)]
    if post.reply is not None:
        blocks.append(rich_text(written(phrases.reply(post.reply))))
        lines.append(spoken(phrases.reply(post.reply)))
    if post.note:
        note = one_line(post.note, 1_000)
        blocks.append(rich_text(line(said(note, italic=True))))
        lines.append(escape(note))
    if post.promise is not None:
        told = f"They {phrases.told(post.promise.kind)} {when(post.promise.due_at, 'by ')}"
        blocks.append(context(mrkdwn(told)))
        lines.append(told)
    if not blocks:
        blocks.append(section("Nothing to show."))
        lines.append("Nothing to show.")
    return Post(text=fallback([f"{phrases.number(post.request)} · {lines[0]}", *lines[1:]]), blocks=blocks)


def _heading(message: Message, client: str) -> list[Element]:
    author = one_line(message.author, 80) or (client if message.direction is Direction.IN else "We")
    if message.direction is Direction.IN:
        words = f"{author} ({client}) wrote · " if author != client else f"{client} wrote · "
    elif message.said_directly:
        words = f"{author} wrote to {client} directly · "
    else:
        words = f"{author} to {client} · "
    return [said(words, bold=True), when_element(message.at)]


def _words(message: Message, text: str) -> list[Element]:
    if message.deleted:
        return [said("This message was deleted.", italic=True)]
    if is_blank(text):
        return [said("(no words)", italic=True)]
    return [said(text), *([said("  (edited)", italic=True)] if message.edited else [])]


def _spoken(message: Message, text: str) -> str:
    if message.deleted:
        return "This message was deleted."
    return text + ("  (edited)" if message.edited else "")
