import pytest

from bot.suggest.letters import as_sentence, called, quotable


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Dana Fischer", "Dana"),
        ("Dr. Fischer", "Dr. Fischer"),
        ("Mr Smith", "Mr Smith"),
        ("王小明", "王小明"),
        ("O’Neil", "O’Neil"),
        ("dana@acme.example", ""),
        ("+358 40 123", ""),
        ("<@U0DANA>", ""),
        ("", ""),
    ],
)
def test_people_are_called_by_the_name_they_go_by(name, said):
    assert called(name) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("the test failed", "The test failed."),
        ("It failed! ", "It failed!"),
        ("two things:\r\n- one", "Two things:\n- one."),
        ("", ""),
    ],
)
def test_a_members_words_become_a_sentence(words, said):
    assert as_sentence(words) == said


@pytest.mark.parametrize(
    ("ask", "said"),
    [("Can you\nhelp?", "Can you help?"), ("Help us", ""), ("Please add a page with all of…", "")],
)
def test_an_ask_is_said_back_when_it_says_something_whole(ask, said):
    assert quotable(ask) == said
