"""Messages about an absence name whole days, whoever reads them; what is cut in a day is in the reader's own zone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.blocks.away.away_posts import build_away_post
from bot.blocks.words import when
from bot.domain.away.absences import Absence, Source
from bot.domain.away.away import AwayPost, AwayShown, PostKind
from bot.domain.people import Member

MADE = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
MIRA = Member("U1MIRA", "Mira", tz="Europe/Helsinki")
PRIYA = Member("U2PRIYA", "Priya", tz="Asia/Kolkata")
FRIDAY, SATURDAY = datetime(2026, 11, 26, 22, tzinfo=UTC), datetime(2026, 11, 27, 22, tzinfo=UTC)
ABSENCE = Absence(3, MIRA.id, FRIDAY, SATURDAY, PRIYA.id, "", Source.SLASH, MADE)
SHOWN = AwayShown(ABSENCE, MIRA, PRIYA, PRIYA, chosen=True)
WHOSE = "Days go by Mira's clock: Helsinki time."


def texts(kind: PostKind, **changes: Any) -> tuple[str, str]:
    """Return the sentence of a message, and what stands below it."""
    reader = changes.pop("reader", PRIYA)
    post = build_away_post(AwayPost(kind, replace(SHOWN, reader=reader, absence=replace(ABSENCE, **changes))))
    first, *rest = post["blocks"]
    return first["text"]["text"], "".join(str(each["text"]) for block in rest for each in block.get("elements", ()))


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "words"),
    [
        (FRIDAY, SATURDAY, "on Fri 27 Nov"),
        (FRIDAY, SATURDAY + timedelta(days=2), "from Fri 27 Nov until the end of Sun 29 Nov"),
        (FRIDAY + timedelta(days=40), SATURDAY + timedelta(days=40), "on Wed 6 Jan 2027"),
        (MADE, SATURDAY, f"{when(MADE, 'from ')} until the end of Fri 27 Nov"),
        (FRIDAY, MADE + timedelta(days=1), f"{when(FRIDAY, 'from ')} {when(MADE + timedelta(days=1), 'until ')}"),
        (
            FRIDAY,
            SATURDAY - timedelta(minutes=1),
            f"{when(FRIDAY, 'from ')} {when(SATURDAY - timedelta(minutes=1), 'until ')}",
        ),
    ],
)
def test_the_time_is_named_as_it_was_meant(starts_at: datetime, ends_at: datetime, words: str):
    sentence, _ = texts(PostKind.STANDS_IN, starts_at=starts_at, ends_at=ends_at)
    assert sentence.startswith(f"<@U1MIRA> is away {words}, and you stand in: ")


def test_days_of_another_zone_say_whose_they_are():
    assert texts(PostKind.STANDS_IN)[1] == WHOSE
    assert texts(PostKind.STANDS_IN, reader=replace(PRIYA, tz=MIRA.tz))[1] == ""
    assert texts(PostKind.STANDS_IN, starts_at=MADE, ends_at=SATURDAY)[1] == WHOSE
    assert texts(PostKind.STANDS_IN, starts_at=MADE, ends_at=SATURDAY - timedelta(hours=3))[1] == ""


def test_a_day_on_which_the_clocks_change_is_a_whole_day():
    starts_at = datetime(2026, 10, 24, 21, tzinfo=UTC)
    assert (
        "away on Sun 25 Oct,"
        in texts(PostKind.STANDS_IN, starts_at=starts_at, ends_at=starts_at + timedelta(hours=25), made_at=starts_at)[0]
    )


@pytest.mark.parametrize(
    ("kind", "reader", "words"),
    [
        (PostKind.ENTERED, MIRA, "entered an absence for you: away on Fri 27 Nov."),
        (PostKind.ENDED, MIRA, "Your absence on Fri 27 Nov was taken back by a colleague."),
        (PostKind.NO_LONGER, PRIYA, "<@U1MIRA> is not away on Fri 27 Nov after all, so you need not stand in."),
    ],
)
def test_all_messages_name_the_same_days(kind: PostKind, reader: Member, words: str):
    ended = MADE if kind is PostKind.NO_LONGER else None
    assert words in texts(kind, reader=reader, ended_at=ended)[0]
