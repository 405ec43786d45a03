import pytest

from bot.suggest.heat import BURNING, CALM, FRUSTRATED, IMPATIENT, heat_of
from tests.suggest.agency_messages import MESSAGES


@pytest.mark.parametrize(
    ("text", "heat"),
    [
        ("", CALM),
        ("Can you change the opening hours on the contact page?", CALM),
        ("Thanks a lot, we love it!!", CALM),
        ("THANKS", CALM),
        ("The SEO of our FAQ page is fine, the CRM too.", CALM),
        ("No rush, but the form is still not working", CALM),
        ("Could you please send the invoice asap?", IMPATIENT),
        ("Any news? It has been two weeks now.", IMPATIENT),
        ("I have not heard back from you.", IMPATIENT),
        ("This is the third time I ask.", FRUSTRATED),
        ("I am disappointed with the launch.", FRUSTRATED),
        ("PLEASE CALL ME BACK!! The form is still broken.", FRUSTRATED),
        ("You promised Monday, and we are losing orders.", FRUSTRATED),
        ("This is unacceptable. We are losing orders and I want my money back!!", BURNING),
        ("I am furious. Cancel the contract, my lawyer will write to you.", BURNING),
    ],
)
def test_heat_follows_the_words(text, heat):
    assert heat_of(text) == heat


def test_complaints_are_warmer_than_everything_else():
    def average(of_complaints):
        heats = [heat_of(text) for label, text in MESSAGES if (label == "complaint") is of_complaints]
        return sum(heats) / len(heats)

    assert average(of_complaints=True) >= 2
    assert average(of_complaints=False) <= 0.3


def test_a_quoted_quarrel_is_not_the_writers_heat():
    assert heat_of("Sure, go ahead.\n> This is unacceptable and a joke!!") == CALM
