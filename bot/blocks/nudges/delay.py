"""The delay update: what happened, what we are doing, the new time, and a real choice."""

from bot.blocks import phrases
from bot.blocks.ids import Field, Window, encode
from bot.blocks.pieces import View, ask, context, modal, section, text_field, time_field
from bot.blocks.words import is_blank, mrkdwn, paragraph, plain, quote, rich_text, said, when
from bot.domain.snapshots.review import DelayForm

CHOICE = "Does that still work for you?"
"""The choice that the form is filled with."""


def build_delay_form(form: DelayForm) -> View:
    """Return the four fields from which the delay update is drafted; nothing leaves before it was reviewed."""
    told = f"They were told that they *{phrases.told(form.promise.kind)}* {when(form.promise.due_at, 'by ')}."
    blocks = [
        section(told),
        context(plain(_to(form))),
        *([] if is_blank(form.excerpt) else [rich_text(quote(said(paragraph(form.excerpt, 500, lines=6)[0])))]),
        ask(
            Field.HAPPENED,
            "What happened",
            text_field(multiline=True, most=800, placeholder="The payment test failed on one of three browsers"),
            hint="Plainly, as ours to solve; whose fault it is helps nobody.",
        ),
        ask(
            Field.DOING,
            "What we are doing about it",
            text_field(multiline=True, most=800, placeholder="Ana is on it this afternoon and tests all three again"),
        ),
        ask(Field.NEW_DUE_AT, "The new time", time_field(form.new_due_at), hint="In your own time zone."),
        ask(Field.CHOICE, "Their choice", text_field(CHOICE, most=300), hint="A real one: they can say no."),
        context(mrkdwn("Next you read the whole message before it goes.")),
    ]
    return modal(
        Window.DELAY,
        f"Delay update {phrases.number(form.request)}",
        blocks,
        metadata=encode(request=form.request.id, promise=form.promise.id),
        submit="Preview",
        close="Cancel",
    )


def _to(form: DelayForm) -> str:
    """Return whom it goes to and how; a system's address is looked at in the preview."""
    return f"To {phrases.client_name(form.client)} · {phrases.way(form.way.kind, form.way.label)}"
