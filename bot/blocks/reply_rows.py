"""A reply's state with what a person can do about it: undo while it is held, decide when it failed or is uncertain."""

from bot.blocks import phrases
from bot.blocks.ids import Action, encode
from bot.blocks.pieces import Block, actions, button, confirm, context
from bot.blocks.words import is_blank, one_line, plain, rich_text, written
from bot.domain.replies import Reply, ReplyState


def reply_rows(reply: Reply) -> list[Block]:
    """Return one reply: where it is, what went wrong, and its buttons."""
    rows = [rich_text(written(phrases.reply(reply)))]
    if reply.error and not is_blank(reply.error):
        rows.append(context(plain(one_line(reply.error, 400))))
    return [*rows, *reply_buttons(reply)]


def reply_buttons(reply: Reply) -> list[Block]:
    """Return the row of buttons that a reply in this state needs, no row when nothing can be done."""
    value = encode(reply=reply.id, request=reply.request)
    drop = button(
        "Drop it",
        Action.DROP,
        value,
        confirm=confirm("Drop this reply?", "It will not be sent, and a time in it counts as never told.", "Drop it"),
    )
    match reply.state:
        case ReplyState.HELD:
            return actions(button("Undo", Action.UNDO, value))
        case ReplyState.FAILED:
            return actions(
                button("Try again", Action.RETRY, value, style="primary"), button("Edit", Action.EDIT, value), drop
            )
        case ReplyState.UNCERTAIN:
            again = confirm("Send it again?", "If it did arrive, the client reads the same words twice.", "Send again")
            return actions(
                button("It arrived", Action.ARRIVED, value, style="primary"),
                button("Send again", Action.RETRY, value, confirm=again),
                drop,
            )
        case _:
            return []
