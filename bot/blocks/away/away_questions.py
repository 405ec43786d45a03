"""What an absence asks back: is there one already, is so long a time meant, shall it be taken back?"""

from bot.blocks.ids import Action, Window, encode
from bot.blocks.pieces import Block, Post, View, actions, button, confirm, modal, plain_section
from bot.blocks.words import escape, fallback
from bot.domain.away.absence_words import Spell
from bot.domain.away.absences import Absence
from bot.domain.characters import clean


def take_back(label: str, absence: Absence, then: str) -> Block:
    """Return the button that ends an absence, or undoes one that has not begun; `then` is what holds after that."""
    question = confirm("Take it back?", then, "Take it back")
    return button(label, Action.AWAY_TAKE_BACK, encode(absence=absence.id), confirm=question)


def build_taken(sentence: str, absence: Absence, spell: Spell, *, member: str, cover: str) -> Post:
    """Return that there is an absence at that time already, with what can be done about it."""
    instead = encode(absence=absence.id, **_asked(spell, member, cover))
    buttons = actions(
        button("Take this one instead", Action.AWAY_REPLACE, instead, style="primary"),
        take_back("Take the other back", absence, "Then only what a Slack status says counts, from now on."),
    )
    return Post(text=fallback([escape(sentence)]), blocks=[plain_section(sentence), *buttons])


def build_long(sentence: str, spell: Spell, *, member: str, cover: str) -> Post:
    """Ask whether an absence of more than a year is meant; nothing is entered before somebody says so."""
    yes = button("Yes, enter it", Action.AWAY_MEANT, encode(**_asked(spell, member, cover)), style="primary")
    return Post(text=fallback([escape(sentence)]), blocks=[plain_section(sentence), *actions(yes)])


def build_long_view(sentence: str, spell: Spell, *, member: str, cover: str, note: str) -> View:
    """Ask the same in a window, which keeps the note that was written."""
    blocks = build_long(sentence, spell, member=member, cover=cover)["blocks"]
    return modal(Window.AWAY, "Away", blocks, metadata=encode("view.private_metadata", note=clean(note)))


def build_asked_view(post: Post) -> View:
    """Return what is asked back as a window."""
    return modal(Window.AWAY, "Away", post["blocks"])


def _asked(spell: Spell, member: str, cover: str) -> dict[str, str | int]:
    asked = {"from": int(spell[0].timestamp()), "until": int(spell[1].timestamp())}
    return {"member": member, "cover": cover, **asked}
