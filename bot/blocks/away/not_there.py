"""What whoever hands a request over is told when its new owner is not there in time."""

from bot.blocks import phrases
from bot.blocks.ids import Window
from bot.blocks.pieces import View, modal, section
from bot.blocks.words import person, when
from bot.domain.away.not_there import NotThere


def build_not_there(found: NotThere, *, reader: str) -> View:
    """Return the answer to a hand-over that worked, to somebody who is back only after a promise is due."""
    owner = person(found.owner.id, found.owner.name)
    until = f"{when(found.back_at, 'until ')}" if found.back_at else "for now"
    if found.hears is None:
        hears = "The team channel hears of it before it is due."
    elif found.hears.id == reader:
        hears = "You hear of it before it is due."
    else:
        hears = f"{person(found.hears.id, found.hears.name)} hears of it before it is due."
    nears = "soon after" if found.back_at and found.back_at < found.promise.due_at else "before"
    due = when(found.promise.due_at, f"is due {nears}, ")
    words = f"{owner} has it now, and is not at work {until}. A promise of it {due}. {hears}"
    return modal(Window.NOTICE, f"{phrases.number(found.request)} is handed over", [section(words)])
