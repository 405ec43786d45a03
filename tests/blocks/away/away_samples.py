"""What the tests of absences say it of."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.away.absences import Absence, Source
from bot.domain.away.away import (
    AwayShown,
    Falling,
    Happened,
    Meanwhile,
)
from bot.domain.promises import Outcome
from tests.blocks.block_samples import ACME, ANA, BEN, NOW, PROMISE, REQUEST, texts

ABSENCE = Absence(3, ANA.id, NOW + timedelta(hours=9), NOW + timedelta(days=2, hours=9), BEN.id, "", Source.SLASH, NOW)
FALLING = Falling(PROMISE, REQUEST, ACME, "The invoice again", owner=ANA)
HEARD = replace(FALLING, hears=BEN)
SHOWN = AwayShown(ABSENCE, ANA, ANA, BEN, chosen=True, falling=(FALLING,))
LATER = NOW + timedelta(days=5)
SLIP = Meanwhile(Happened.SLIPPED, REQUEST, ACME, NOW, promise=PROMISE)


def ended(outcome: Outcome) -> Falling:
    return replace(FALLING, promise=replace(PROMISE, outcome=outcome))


def said(payload: Any) -> str:
    return "\n".join(part["text"] for part in texts(payload["blocks"]))


def buttons_of(post: Any) -> list[Any]:
    return [button for block in post["blocks"] if block["type"] == "actions" for button in block["elements"]]
