"""A time away in words: as it will be taken, and what is past of it."""

from datetime import date, datetime, timedelta, tzinfo

from bot.domain.local_times import day_words, midnight, moment_words

Spell = tuple[datetime, datetime]
"""From an instant until another, the second not in it; both aware, in UTC."""


def span_words(spell: Spell, tz: tzinfo, now: datetime) -> str:
    """Return a time away in words, as it will be taken: "from now until the end of Tue 1 Dec, 7 days".

    What lasts a day or longer says on how many days it is: a week that somebody took for a day is seen at once.
    """
    starts_at, ends_at = spell
    first, today = starts_at.astimezone(tz).date(), now.astimezone(tz).date()
    is_whole = starts_at == midnight(first, tz)
    last = _whole_day_before(ends_at, tz)
    if is_whole and last == first and not starts_at <= now < ends_at:
        return f"on {day_words(first, today)}"
    begins = "now" if starts_at <= now < ends_at else day_words(first, today) if is_whole else ""
    begins = begins or moment_words(starts_at, tz, now)
    ends = f"the end of {day_words(last, today)}" if last else moment_words(ends_at, tz, now)
    if ends_at - starts_at < timedelta(days=1):
        return f"from {begins} until {ends}"
    days = ((last or ends_at.astimezone(tz).date()) - first).days + 1
    return f"from {begins} until {ends}, {days} {'day' if days == 1 else 'days'}"


def days_words(spell: Spell, tz: tzinfo, today: date) -> str:
    """Return whole local days in words that stay true on any day: "on Fri 27 Nov"; nothing of what is cut in a day.

    The year is named when it is another one than that of `today`.
    """
    first, last = spell[0].astimezone(tz).date(), _whole_day_before(spell[1], tz)
    if last is None or spell[0] != midnight(first, tz):
        return ""
    if first == last:
        return f"on {day_words(first, today)}"
    return f"from {day_words(first, today)} {end_words(spell[1], tz, today)}"


def end_words(ends_at: datetime, tz: tzinfo, today: date) -> str:
    """Return the end of a local day in words: "until the end of Fri 27 Nov"; nothing of an end within a day."""
    last = _whole_day_before(ends_at, tz)
    return f"until the end of {day_words(last, today)}" if last else ""


def _whole_day_before(at: datetime, tz: tzinfo) -> date | None:
    """Return the day that ends at an instant, None when that is no local midnight."""
    day = at.astimezone(tz).date()
    return day - timedelta(days=1) if at == midnight(day, tz) else None


def ends_words(starts_at: datetime, ends_at: datetime, tz: tzinfo, now: datetime) -> str:
    """Return what is wrong with what lasts no time, as a sentence: days by their names, times to the minute."""
    first, last = starts_at.astimezone(tz).date(), _whole_day_before(ends_at, tz)
    if last is not None and last < first:
        today = now.astimezone(tz).date()
        begins = day_words(first, today) if starts_at == midnight(first, tz) else moment_words(starts_at, tz, now)
        return f"That ends before it starts: until {day_words(last, today)} is before {begins}."
    begins, ends = (moment_words(at, tz, now) for at in (starts_at, ends_at))
    if starts_at == ends_at:
        return f"That ends as it starts, {begins}."
    return f"That ends before it starts: from {begins} until {ends}."


def past_words(ends_at: datetime, now: datetime, tz: tzinfo) -> str:
    """Return that a time is over, as a sentence: "Yesterday is over."."""
    today = now.astimezone(tz).date()
    day = _whole_day_before(ends_at, tz)
    if day is not None:
        return "Yesterday is over." if day == today - timedelta(days=1) else f"{day_words(day, today)} is over."
    local = ends_at.astimezone(tz)
    if local.date() == today:
        return f"{local:%H:%M} is past: it is {now.astimezone(tz):%H:%M} now."
    return f"{moment_words(ends_at, tz, now)} is past."
