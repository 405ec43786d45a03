"""The steps of the tour: what each says, where it is done, and when it is: by what happened, not by its turn."""

from typing import Final

from bot.domain.commands.slash_commands import SLASH
from bot.domain.overview import Milestone
from bot.domain.replies import ReplyKind, ReplyState, WayKind
from bot.trial.story import Story
from bot.trial.whereabouts import first_name
from bot.workspace.companion import Spot, Step

NEXT_NUDGE: Final = "next-nudge"
"""The key of the jump to the next nudge."""

TIME: Final = "time"
"""The key of the step that waits for a nudge."""

LOST: Final = "An answer is lost"
"""What the switch is called that lets a message arrive and its answer get lost."""


def look(story: Story) -> Step:
    """Look at the channel where cards stand."""
    guide, room = story.where.guide, story.where.team_room
    text = f"Every card in #{room} is something that a client asked for. Have a look, there is no hurry."
    done = story.begun or story.ledger or story.survived or bool(story.happened)
    return Step("look", "Look at the pile", text, done, Spot(guide.name, room), way="" if done else "Begin")


def claim(story: Story) -> Step:
    """Take a request."""
    done = bool(story.happened)
    about = story.subject
    if about is None:
        return Step("claim", "Claim a request", "Nothing waits for anybody just now. Claim the next one.", done)
    owner = first_name(story.owner.real_name)
    text = (
        f"Find #{about.request.id} from {about.client} and press Claim on its card: now all see that it is {owner}'s."
    )
    spot = story.where.at_card(about, story.owner, "" if done else "Claim")
    return Step("claim", f"Claim #{about.request.id} from {about.client}", text, done, spot)


def acknowledge(story: Story) -> Step:
    """Send words with a time in them; the time is then a promise."""
    about, done = story.subject, story.has(Milestone.PROMISED, Milestone.DELAY_SENT)
    title = "Tell them that you heard"
    if about is None:
        return Step("acknowledge", title, "Claim a request first.", done)
    label, leaving = about.label or "Acknowledge", about.leaving
    if done:
        text = f"{about.client} has your words, and a time by which they hear from you again. Now it is a promise."
    elif leaving is not None and leaving.state in {ReplyState.HELD, ReplyState.SENDING}:
        text = f"It leaves {story.undo_seconds} seconds after Send. Until then, Undo takes it back."
    elif leaving is not None:
        text = "Something is in its way: the card says what, and has the buttons to decide."
    elif story.mine is not None and about.told is not None:
        text = f"They have your words, but no time yet. Press “{label}” and leave the time in it."
    else:
        text = (
            f"On the same card press “{label}”, read what will leave, and press Send. Nothing leaves before, and for "
            f"{story.undo_seconds} seconds Undo takes it back."
        )
    spot = story.where.at_card(about, story.owner, "" if done or leaving else label)
    return Step("acknowledge", title, text, done, spot)


def arrived(story: Story) -> Step:
    """See with the client's eyes what arrived."""
    about, where = story.subject, story.where
    if about is None or not (about.told or about.update):
        title, text = "Be the client", "See with the client's eyes what arrived: you can become anybody here."
        return Step("arrived", title, text, story.has(Milestone.CLIENT_ANSWERED))
    place = about.told_at or about.update_at
    contact, spot = where.contact(about), where.at_client(about, place)
    if place is not None:
        name = first_name(contact.real_name) if contact else "the client"
        text = (
            f"Become {name} of {about.client} and open the thread under the request in #{where.room(place[0])}: there "
            "stand your words, and nothing of what your team says among itself."
        )
        done = where.client_looked(place) or story.has(Milestone.CLIENT_ANSWERED)
        return Step("arrived", "Be the client", text, done, spot)
    if spot is not None:
        text = f"{about.client} has a system of its own. See what it received: your words, signed, and exactly once."
        return Step("arrived", "Look into the client's system", text, done=True, spot=spot)
    text = f"{about.client} has no channel here, so you told them by your own means. Headsup keeps the time for you."
    return Step("arrived", "They have heard you", text, done=True)


def time(story: Story) -> Step:
    """Let the clock move on until somebody is nudged."""
    done, coming = story.has(Milestone.NUDGED, Milestone.DELAY_SENT), story.coming
    whom = story.where.whom(coming.to) if coming else first_name(story.owner.real_name)
    text = (
        f"{whom[:1].upper()}{whom[1:]} will be reminded before the promise is due, and nobody wants to wait that long. "
        f"Press “{story.jump}”: the clock moves there, for everybody."
    )
    return Step(TIME, "Let time go by", text, done, jump=NEXT_NUDGE)


def delay(story: Story) -> Step:
    """Tell the client a new time before the old one slips."""
    about, done = story.mine, story.has(Milestone.DELAY_SENT)
    title = "Say it before it slips"
    owner = first_name(story.owner.real_name)
    if not done and about is not None and story.has(Milestone.PROMISED) and about.promise is None:
        other = story.overview.untouched
        text = f"#{about.request.id} has no open promise any more. Acknowledge another one, then let time go by again."
        return Step("delay", title, text, done, story.where.at_card(other, story.owner, other.label if other else ""))
    leaving = about.leaving if about else None
    if not done and about and leaving and leaving.kind is ReplyKind.DELAY_UPDATE:
        text = f"The new time leaves {story.undo_seconds} seconds after Send. Until then, Undo takes it back."
        return Step("delay", title, text, done, story.where.at_nudge(about))
    text = (
        f"The nudge stands in {owner}'s messages with Headsup. Press “Send delay update”, write what happened, what is "
        "done about it and a new time, then look it through and press Send."
    )
    spot = story.where.at_nudge(about, "" if done else "Send delay update") if about and about.promise else None
    return Step("delay", title, text, done, spot)


def answer(story: Story) -> Step:
    """Answer the new time as the client."""
    about, where = story.mine, story.where
    title, by_channel = "Answer as the client", about is None or about.way.kind is WayKind.CHANNEL
    if about is None or by_channel:
        contact = where.contact(about) if about else None
        name = first_name(contact.real_name) if contact else "the client"
        room = f" in #{where.room(about.way.target)}" if about else ""
        text = f"Become {name} again. Under the new time{room}, press “That works”: they keep the choice."
        done = story.has(Milestone.CLIENT_ANSWERED)
        spot = where.at_client(about, about.update_at, "" if done else "That works") if about else None
        return Step("answer", title, text, done, spot)
    text = (
        f"{about.client} knew the new time before the old one had passed. When they write back, it comes to the card."
    )
    return Step("answer", "See that they were told", text, about.update is not None, where.at_client(about, None))


def ledger(story: Story) -> Step:
    """Look at what was promised, and what became of it."""
    about, owner = story.mine or story.overview.untouched, story.owner
    number = f"#{about.request.id}" if about else "#1"
    typed = f"{SLASH} status {number}"
    text = (
        f"Send “{typed}” in #{story.where.team_room}: it shows every time that was told, and what became of it. "
        "Only you see the answer."
    )
    spot = story.where.at_composer(owner, "" if story.ledger else typed)
    return Step("ledger", "See what was promised", text, story.ledger, spot)


def survive(story: Story) -> Step:
    """Break something, and see that a reply arrives once."""
    title, done = "And now break something", story.survived
    other = story.overview.untouched if story.mine else None
    if not story.broken or done:
        text = (
            f"Under “When things go wrong” switch on “{LOST}”. The next message then arrives, but Headsup is not told "
            "that it did: it cannot know whether to send it again."
        )
        return Step("survive", title, text, done, None if done else Spot(label=LOST, beside=True))
    if story.risked:
        text = "The answer was lost. Headsup looks whether the words arrived, before it does anything else."
        return Step("survive", title, text)
    if any(story.overview.counts.replies.get(state) for state in (ReplyState.HELD, ReplyState.SENDING)):
        text = f"It leaves {story.undo_seconds} seconds after Send, and its answer will be lost. Watch it arrive once."
        return Step("survive", title, text)
    which = f"press “{other.label}” on #{other.request.id}" if other and other.label else "send a reply"
    whom = other.client if other else "the client"
    text = f"The trap is set. Now {which} and send it: Headsup loses the answer, and {whom} gets it exactly once."
    spot = story.where.at_card(other, story.owner, other.label) if other else None
    return Step("survive", title, text, spot=spot)
