"""What a client reads in their own channel: the approved words, and three answers under a new time."""

import re
from typing import Any, Final

from bot.blocks.ids import Action, encode
from bot.blocks.limits import LIMITS
from bot.blocks.phrases import ANSWERS
from bot.blocks.pieces import Block, Post, actions, button, context, plain_section
from bot.blocks.words import Element, escape, fallback, is_blank, line, plain, rich_text, said
from bot.domain.characters import clean
from bot.domain.promises import ClientAnswer
from bot.domain.snapshots.client import ClientPost

_LINK: Final = re.compile(r"https?://[^\s<>|]+[^\s<>|.,;:!?)\]}’”\"']")
_REPLIES: Final = {
    ClientAnswer.WORKS: "Thank you. It stays as promised.",
    ClientAnswer.SOONER: "Thank you for saying so. We look for a sooner time and come back to you here.",
    ClientAnswer.CALL: "Thank you. We will call you.",
}
_BUTTONS: Final = {
    ClientAnswer.WORKS: Action.WORKS,
    ClientAnswer.SOONER: Action.SOONER,
    ClientAnswer.CALL: Action.CALL,
}


def build_client_post(post: ClientPost) -> Post:
    """Return the approved words, exactly as approved; an address in them can be clicked and reads as itself.

    Once the client answered, their answer stands there with what follows from it; the other buttons stay, because the
    last word counts.
    """
    blocks: list[Block] = [rich_text(line(*_words(post.text)))]
    lines = [escape(post.text)]
    if post.answer is not None:
        answered = f"You said: {ANSWERS[post.answer]}. {_REPLIES[post.answer]}"
        blocks.append(context(plain(answered)))
        lines.append(answered)
    if post.ask_if_it_works and post.promise is not None:
        value = encode(promise=post.promise, request=post.request)
        others = [other for other in ClientAnswer if other is not post.answer]
        blocks += actions(*(button(ANSWERS[other], _BUTTONS[other], value) for other in others))
    return Post(text=fallback(lines), blocks=blocks)


def _words(text: str) -> list[Element]:
    whole = clean(text)
    if is_blank(whole):
        return [said(whole)]
    elements: list[Element] = []
    at = 0
    for found in _LINK.finditer(whole):
        if found.start() > at:
            elements.append(said(whole[at : found.start()]))
        elements.append(_link(found.group()))
        at = found.end()
    return [*elements, *([said(whole[at:])] if at < len(whole) else [])]


def _link(address: str) -> dict[str, Any]:
    if len(address) > LIMITS["text.text"]:
        return said(address)
    return {"type": "link", "url": address}


def build_thanks(answer: ClientAnswer) -> Post:
    """Return what the client alone reads at once when their answer was taken."""
    return Post(text=_REPLIES[answer], blocks=[plain_section(_REPLIES[answer])])
