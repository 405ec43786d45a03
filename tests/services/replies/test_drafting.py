"""The language that a client reads, as the card and the review window know it."""

import pytest

from bot.domain.languages import Unwritten
from bot.services.replies import reviewing
from bot.services.requests import profiles
from tests.support.office import MIRA, Office, acting


@pytest.mark.parametrize(
    ("facts", "known"),
    [
        ({}, None),
        ({"language": "en"}, None),
        ({"language": "fi", "text": "Milloin sivu on valmis?"}, Unwritten("fi")),
        ({"text": "Когда будет готов сайт?"}, Unwritten("ru", guessed=True)),
        ({"language": "de", "text": "Когда будет готов сайт?"}, Unwritten("de")),
    ],
)
async def test_card_and_review_know_when_the_client_reads_another_language(
    office: Office, facts: dict[str, str], known: Unwritten | None
) -> None:
    request = (await office.webhook(**facts)).request
    card = await office.card(request)
    assert card.unwritten == known
    review = await office.desk.do(
        reviewing.open_review, actor=acting(MIRA), request=request, suggestion=card.suggestions[0].key
    )
    assert review.unwritten == known


async def test_a_language_that_is_set_in_the_profile_later_counts_too(office: Office) -> None:
    request = (await office.webhook()).request
    client = (await office.card(request)).client
    await office.desk.do(
        profiles.update_profile,
        actor=acting(MIRA),
        client=client.id,
        name=client.name,
        language="de",
        tz="Europe/Berlin",
    )
    assert (await office.card(request)).unwritten == Unwritten("de")


async def test_a_guess_about_words_that_nobody_reads_names_no_reasons(office: Office) -> None:
    card = await office.card((await office.webhook("Die invoice ist falsch.", language="de")).request)
    assert (card.request.category, card.request.reasons) == ("billing", ())
