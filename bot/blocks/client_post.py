"""What a client reads in their own channel: the approved words, and three answers under a new time."""

import re
from collections.abc import Sequence
from typing import Any, Final

from bot.blocks.ids import Action, encode
from bot.blocks.limits import LIMITS
from bot.blocks.phrases import ANSWERS
from bot.blocks.pieces import Block, Post, actions, button, context, plain_section
from bot.blocks.words import Element, clean, escape, fallback, is_blank, line, one_line, plain, rich_text, said
from bot.domain.promises import ClientAnswer
from bot.domain.snapshots import ClientPost

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
    """Return the approved words, exactly as approved; an address in them can be clicked and reads as itself."""
    blocks: list[Block] = [rich_text(line(*_words(post.text)))]
    if post.ask_if_it_works and post.promise is not None:
        value = encode(promise=post.promise, request=post.request)
        blocks += actions(*(button(ANSWERS[answer], _BUTTONS[answer], value) for answer in ClientAnswer))
    return Post(text=fallback([escape(post.text)]), blocks=blocks)


def build_answered_post(blocks: Sequence[Block], text: str, answer: ClientAnswer, name: str) -> Post:
    """Return the post after the client answered: the same words, their answer instead of the buttons.

    `blocks` and `text` are the post as Slack shows it now; `name` is who answered.
    """
    kept = [block for block in blocks if block.get("type") != "actions"]
    who = one_line(name, 80) or "You"
    answered = context(plain(f"{who}: {ANSWERS[answer]}"), plain(_REPLIES[answer]))
    words = f"{text}\n{escape(who)}: {ANSWERS[answer]}. {_REPLIES[answer]}"
    return Post(text=fallback([words]), blocks=[*kept, answered])


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
    """Return what the client alone reads when their answer was taken but the post could not be changed."""
    return Post(text=_REPLIES[answer], blocks=[plain_section(_REPLIES[answer])])
