"""Slack's mrkdwn as HTML."""

import pytest
from html_helpers import NOW, READER, mrkdwn, parsed, plain

from bot.workspace.page.html import text_html

LINK = '<a class="bk-link" href="{0}" target="_blank" rel="noopener noreferrer">{1}</a>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*bold* _it_ ~gone~ `code`", "<strong>bold</strong> <em>it</em> <s>gone</s> <code>code</code>"),
        ("*_both_* and _*other*_", "<strong><em>both</em></strong> and <em><strong>other</strong></em>"),
        ("snake_case_name 2*3*4 a~b~c", "snake_case_name 2*3*4 a~b~c"),
        ("* not bold * _ nor _", "* not bold * _ nor _"),
        ("*two\nlines*", "*two<br>lines*"),
        ("`*not bold*`", "<code>*not bold*</code>"),
        ("a &lt;b&gt; &amp; c", "a &lt;b&gt; &amp; c"),
        ("one\n\ntwo", "one<br><br>two"),
        ("&gt; quoted\n&gt; twice\nafter", "<blockquote>quoted<br>twice</blockquote>after"),
        ("before\n>>> all\nthe rest", "before<blockquote>all<br>the rest</blockquote>"),
        ("see\n```x = *1*\n  y```\nend", "see<pre><code>x = *1*\n  y</code></pre>end"),
        ("```never closed", "```never closed"),
        ("• one\n• two", '<span class="bk-bullet">• one</span><span class="bk-bullet">• two</span>'),
        ("<https://a.example/x_y_z|a *link*>", LINK.format("https://a.example/x_y_z", "a *link*")),
        ("*<https://a.example|bold>*", f"<strong>{LINK.format('https://a.example', 'bold')}</strong>"),
        (
            "go to https://a.example/?b=1&amp;c.",
            f"go to {LINK.format('https://a.example/?b=1&amp;c', 'https://a.example/?b=1&amp;c')}.",
        ),
        ("<mailto:a@b.example|write>", LINK.format("mailto:a@b.example", "write")),
        ("<@U1>", '<span class="bk-mention is-me" data-user="U1">@Mira Laine</span>'),
        ("<@U2|sam>", '<span class="bk-mention" data-user="U2">@Sam Ortiz</span>'),
        ("<@U9|maria>", '<span class="bk-mention" data-user="U9">@maria</span>'),
        ("<#C1>", '<span class="bk-mention is-channel" data-room="C1">#requests</span>'),
        ("<#C9|other>", '<span class="bk-mention is-channel" data-room="C9">#other</span>'),
        ("<!here>", '<span class="bk-mention is-me">@here</span>'),
        ("<!subteam^S1|@design>", '<span class="bk-mention">@design</span>'),
        (":tada: done :not_an_emoji: 10:30:45", "🎉 done :not_an_emoji: 10:30:45"),
        (
            ":wave::skin-tone-3: :flag-fi:",
            '<span class="bk-emoji" role="img" aria-label="wave, flag-fi">👋🏼 🇫🇮</span>',
        ),
        ("", ""),
    ],
)
def test_mrkdwn_reads_as_slack_shows_it(text, expected):
    assert text_html(mrkdwn(text), READER) == expected


def test_an_emoji_that_stands_alone_has_a_name_and_one_among_words_has_none():
    assert parsed(text_html(":white_check_mark:", READER)).one("span")["aria-label"] == "white check mark"
    assert "aria-label" not in text_html(":white_check_mark: done", READER)


def test_plain_text_has_line_breaks_and_emoji_and_no_markup():
    assert text_html(plain("*a*\n<b> :tada:"), READER) == "*a*<br>&lt;b&gt; 🎉"
    assert text_html({**plain(":tada:"), "emoji": False}, READER) == ":tada:"


def test_verbatim_text_keeps_bare_addresses_as_words():
    assert text_html({**mrkdwn("https://a.example"), "verbatim": True}, READER) == "https://a.example"


def test_a_date_is_in_the_readers_zone_and_its_title_says_the_zone():
    time = parsed(text_html(f"<!date^{int(NOW)}^{{date_short_pretty}} at {{time}}|soon>", READER)).one("time")
    assert time.text == "Today at 15:00"
    assert time["datetime"] == "2026-11-27T15:00:00+02:00"
    assert time["title"] == "Friday, November 27, 2026 at 15:00 (Europe/Helsinki)"


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("<!date^0^{nonsense}|at noon>", "at noon"),
        ("<!date^soon^{time}|at noon>", "at noon"),
        ("<!date^999999999999^{time}|at noon>", "at noon"),
        ("<!date^1|at noon>", "at noon"),
    ],
)
def test_a_date_that_nobody_can_read_is_its_fallback(token, words):
    assert parsed(text_html(token, READER)).text == words


def test_a_date_with_an_address_is_a_link():
    link = parsed(text_html(f"<!date^{int(NOW)}^{{time}}^https://a.example|x>", READER)).one("a")
    assert (link["href"], link.one("time").text) == ("https://a.example", "15:00")


@pytest.mark.parametrize("length", [10_000, 40_000])
@pytest.mark.parametrize("piece", ["*a", "_", "<", "`", "```", ">", "\0", ":a", "https://", "&gt;", "*_~", "• "])
def test_no_text_takes_long(piece, length):
    """Each takes milliseconds; what grows with the square of its length would run into the test's time limit."""
    text_html(mrkdwn(piece * (length // len(piece))), READER)
