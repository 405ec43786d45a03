"""The Slack status of a member as an absence: it begins and ends with it, and yields to what they entered."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from bot.domain.away.absences import LONGEST, Absence, Source, merged
from bot.domain.away.away import StillAway
from bot.domain.away.away_signs import DEFAULT_SIGNS, Status, emoji_name, is_away
from bot.domain.hours.settings import AwaySigns
from bot.domain.people import Actor
from bot.errors import FieldError
from bot.services.context import Context
from bot.services.nudges import in_hand, replanning
from bot.services.people import check_member
from bot.store import Tx, absences, events, people

SIGNS = "away_signs"
"""The setting with the words and emoji that make a status an absence, as JSON."""

Counts = tuple[datetime, datetime | None]
"""From when on a status counts, and until when; None: until it changes."""

MOST_SIGNS = 100
LONGEST_SIGN = 60


def signs_of(tx: Tx) -> AwaySigns:
    """Return the words and emoji that make a status an absence."""
    stored = events.setting(tx, SIGNS)
    if stored is None:
        return DEFAULT_SIGNS
    facts = json.loads(stored)
    return AwaySigns(words=tuple(facts["words"]), emoji=tuple(facts["emoji"]))


def save_signs(ctx: Context, *, actor: Actor, words: Iterable[str], emoji: Iterable[str]) -> AwaySigns:
    """Change the words and emoji; they count from the next change of a status on. None at all is allowed."""
    tidy = _distinct(" ".join(word.split()) for word in words)
    names = _distinct(emoji_name(each) for each in emoji)
    for field, given in (("away_words", tidy), ("away_emoji", names)):
        if len(given) > MOST_SIGNS:
            raise FieldError(field, f"These are more than {MOST_SIGNS}. Shorter lists are easier to keep true.")
        long = next((each for each in given if len(each) > LONGEST_SIGN), None)
        if long is not None:
            raise FieldError(field, f"“{long[:20]}…” is longer than {LONGEST_SIGN} characters.")
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        signs = AwaySigns(words=tidy, emoji=names)
        events.save_setting(tx, SIGNS, json.dumps({"words": tidy, "emoji": names}, ensure_ascii=False))
        events.note(tx, "away_signs_saved", at=ctx.now, actor=actor.user)
        return signs


def _distinct(given: Iterable[str]) -> tuple[str, ...]:
    return tuple({each.casefold(): each for each in given if each}.values())


def status_changed(ctx: Context, *, user: str, said: Status) -> Absence | None:
    """Follow a member's status, as Slack says it is now; return the absence that it makes, if any. Safe to repeat.

    The same status said again changes nothing: who came back before it ended is not away because of another change of
    their profile. What a person entered is never overridden.
    """
    with ctx.store.writing() as tx:
        if people.member(tx, user) is not None:
            events.save_setting(tx, _heard(user), ctx.now.isoformat())
        return _follow(tx, ctx, user, said)


def last_heard(ctx: Context) -> dict[str, str]:
    """Return when each member's profile was last heard to change, for `statuses_read`."""
    with ctx.store.reading() as tx:
        return {each.id: events.setting(tx, _heard(each.id)) or "" for each in people.members(tx)}


def statuses_read(ctx: Context, *, found: Mapping[str, Status], heard: Mapping[str, str]) -> int:
    """Follow the statuses that Slack was asked for, as if each had changed; return how many absences they made.

    What changed while nobody listened begins or ends like that. `heard` is from before Slack was asked: of whom
    something was heard since, the answer may be older than that, and nothing is done. Safe to repeat.
    """
    with ctx.store.writing() as tx:
        fresh = [user for user in sorted(found) if (events.setting(tx, _heard(user)) or "") == heard.get(user, "")]
        return sum(_follow(tx, ctx, user, found[user]) is not None for user in fresh)


def _follow(tx: Tx, ctx: Context, user: str, said: Status) -> Absence | None:
    member = people.member(tx, user)
    if member is None or not member.active or not _is_news(tx, user, said):
        return None
    absences.lock_member(tx, user)
    if is_away(said.text, said.emoji, signs_of(tx)) and (said.until is None or said.until > ctx.now):
        _remember(tx, user, (ctx.now, min(said.until, ctx.now + LONGEST) if said.until is not None else None))
        return settle(tx, ctx, user)
    forget(tx, user)
    by_status = _by_status(absences.of_member(tx, user, after=ctx.now), ctx.now)
    if by_status is not None:
        _end(tx, ctx, by_status)
        replanning.replan_member(tx, ctx, user)
        in_hand.show_anew(tx, ctx, user)
    return None


def settle(tx: Tx, ctx: Context, user: str) -> Absence | None:
    """Have the absence by status be what the status that is set adds to what is entered; return it, None for nothing.

    To be asked whenever something was entered or taken back, with the member's row locked: what came first, the status
    or that, makes no difference to the time away. Safe to repeat.
    """
    stored = events.setting(tx, _counting(user))
    if stored is None:
        return None
    counts = _read(stored)
    known = absences.of_member(tx, user, after=counts[0])
    standing = _by_status(known, ctx.now)
    begins = _begins([each for each in known if each.source is not Source.STATUS], ctx.now, counts)
    made = _begin(tx, ctx, user, standing, (begins, counts[1])) if begins is not None else None
    if made is None and standing is not None:
        _end(tx, ctx, standing)
    if made != standing:
        replanning.replan_member(tx, ctx, user)
        in_hand.show_anew(tx, ctx, user)
    return made


def still_away(tx: Tx, ctx: Context, user: str) -> StillAway | None:
    """Return the status that makes a member away now, whatever is entered beside it; None when none counts."""
    stored = events.setting(tx, _counting(user))
    if stored is None:
        return None
    since, until = _read(stored)
    if ctx.now >= (until or since + LONGEST):
        return None
    text, emoji, _ = json.loads(events.setting(tx, _key(user)) or '["", "", 0]')
    return StillAway(text or emoji, until)


def forget(tx: Tx, user: str) -> None:
    """Have the status that is set no longer count, until it changes: its member is back, or it says something else."""
    events.forget_setting(tx, _counting(user))


def _remember(tx: Tx, user: str, counts: Counts) -> None:
    events.save_setting(tx, _counting(user), json.dumps([each and each.isoformat() for each in counts]))


def _read(stored: str) -> Counts:
    since, until = json.loads(stored)
    return datetime.fromisoformat(since), datetime.fromisoformat(until) if until else None


def _by_status(known: Iterable[Absence], now: datetime) -> Absence | None:
    return next((each for each in known if each.source is Source.STATUS and not each.is_over(now)), None)


def _begins(entered: Collection[Absence], now: datetime, counts: Counts) -> datetime | None:
    """Return from when on a status counts: after the absences that run on from now; None when it adds nothing.

    `entered` are those that were not over when the status was set.

    A status without an end ends with what its member entered for the time in which it is set: they know the end better
    than it does. A colleague who enters something for them does not. Else it counts for `LONGEST`, and never again.
    """
    since, until = counts
    if until is None and any(_says_the_end(each, since) for each in entered):
        return None
    runs = (end for start, end in merged(each.spell for each in entered) if start <= now < end)
    begins = next(runs, now)
    return begins if begins < (until or since + LONGEST) else None


def _says_the_end(entered: Absence, since: datetime) -> bool:
    """Tell whether a member entered this themselves, for now while their status was set, or before and it ran then."""
    is_whole_and_own = entered.made_by == entered.member and entered.ended_at is None
    return is_whole_and_own and entered.starts_at <= max(since, entered.made_at)


def _begin(tx: Tx, ctx: Context, user: str, standing: Absence | None, spell: Counts) -> Absence:
    """Have the absence by status be that time; one that runs began when it did, one to come begins anew."""
    starts_at, ends_at = spell
    if standing is not None:
        starts_at = standing.starts_at if standing.is_running(ctx.now) else starts_at
        if (starts_at, ends_at) == (standing.starts_at, standing.ends_at):
            return standing
        return absences.change(tx, standing.id, starts_at=starts_at, ends_at=ends_at)
    facts = {"member": user, "starts_at": starts_at, "ends_at": ends_at, "reason": "", "made_at": ctx.now}
    made = absences.add(tx, source=str(Source.STATUS), made_by=user, **facts)
    events.note(tx, "absence_entered", at=ctx.now, actor=user, member=user, absence=made.id)
    return made


def _end(tx: Tx, ctx: Context, by_status: Absence) -> None:
    absences.try_end(tx, by_status.id, at=ctx.now)
    events.note(tx, "absence_ended", at=ctx.now, actor=by_status.member, member=by_status.member, absence=by_status.id)


def _is_news(tx: Tx, user: str, said: Status) -> bool:
    """Tell whether a status is another one than the last that was heard of, and remember it."""
    until = int(said.until.timestamp()) if said.until else 0
    mark = json.dumps([said.text[:100], said.emoji[:100], until], ensure_ascii=False)
    if events.setting(tx, _key(user)) == mark:
        return False
    events.save_setting(tx, _key(user), mark)
    return True


def _key(user: str) -> str:
    return f"status:{user}"


def _counting(user: str) -> str:
    """Return the setting with since when and until when the status that is set counts; there while it does."""
    return f"status_counts:{user}"


def _heard(user: str) -> str:
    return f"status_heard:{user}"
