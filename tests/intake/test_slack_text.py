import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.slack_text import plain_words

NAMES = {"U1": "Mira", "C1": "acme-support", "S1": "oncall"}


@pytest.mark.parametrize(
    ("slack", "words"),
    [
        ("plain", "plain"),
        ("", ""),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("&amp;lt;", "&lt;"),
        ("<@U1> please", "@Mira please"),
        ("<@U9|sam> please", "@sam please"),
        ("<@U9> please", "@U9 please"),
        ("see <#C1|support>", "see #acme-support"),
        ("see <#C9|other>", "see #other"),
        ("see <#C9|>", "see #C9"),
        ("<!here> <!channel> <!everyone|everyone>", "@here @channel @everyone"),
        ("<!subteam^S1|@sub> <!subteam^S9|@others> <!subteam^S8>", "@oncall @others @S8"),
        ("<!date^1732200000^{date}|21 November>", "21 November"),
        ("<https://acme.example/a?b=1&amp;c=2>", "https://acme.example/a?b=1&c=2"),
        ("<https://acme.example|our site>", "our site (https://acme.example)"),
        ("<https://acme.example|acme.example>", "acme.example"),
        ("<http://acme.example/|http://acme.example>", "http://acme.example"),
        ("<mailto:mira@acme.example|mira@acme.example>", "mira@acme.example"),
        ("<mailto:mira@acme.example>", "mira@acme.example"),
        ("<mailto:mira@acme.example|write us>", "write us (mailto:mira@acme.example)"),
        ("<tel:+358401234567|+358 40 1234567>", "+358 40 1234567 (tel:+358401234567)"),
        ("&lt;!channel&gt; &lt;@U1&gt;", "<!channel> <@U1>"),
        ("*bold* _it_ `code` :wave:", "*bold* _it_ `code` :wave:"),
        ("1 < 2 and <\n>", "1 < 2 and <\n>"),
        ("a\x00b\ud800", "a␀b\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_slacks_text_becomes_the_words_that_a_person_sees(slack, words):
    assert plain_words(slack, NAMES) == words


@given(st.text())
def test_whatever_a_person_types_comes_back_as_typed(typed):
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert plain_words(escaped) == typed.replace("\x00", "␀")


@given(st.text(alphabet="<>|@#!^&;lta mp"))
def test_no_text_breaks_it(text):
    plain_words(text).encode()
