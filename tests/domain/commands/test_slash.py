import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commands.slash import parse
from bot.domain.commands.slash_commands import SLASH, Command, Verb
from bot.domain.commands.slash_help import help_lines, help_text, nearest_lines
from bot.domain.commands.slash_rows import ROWS
from bot.domain.commands.slash_words import plain

FULL_WIDTH = "\uff03\uff11\uff14\uff12"
"""#142 as a Chinese or Japanese keyboard types it."""


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("", Command(Verb.OVERVIEW)),
        ("   ", Command(Verb.OVERVIEW)),
        ("142", Command(Verb.STATUS, request=142)),
        ("#142", Command(Verb.STATUS, request=142)),
        ("# 142", Command(Verb.STATUS, request=142)),
        (FULL_WIDTH, Command(Verb.STATUS, request=142)),
        ("<@U0MAYA|maya>", Command(Verb.STATUS, member="U0MAYA")),
        ("<#C0ACME|acme>", Command(Verb.STATUS, channel="C0ACME")),
        ("status", Command(Verb.STATUS)),
        ("status 142", Command(Verb.STATUS, request=142)),
        ("status  #142", Command(Verb.STATUS, request=142)),
        ("STATUS no. 142", Command(Verb.STATUS, request=142)),
        ("status <@U0MAYA|maya>", Command(Verb.STATUS, member="U0MAYA")),
        ("status <@W0MAYA>", Command(Verb.STATUS, member="W0MAYA")),
        ("status <#C0ACME|>", Command(Verb.STATUS, channel="C0ACME")),
        ("status Acme &amp; Sons", Command(Verb.STATUS, text="Acme & Sons")),
        ("status <http://acme.com|acme.com>", Command(Verb.STATUS, text="acme.com")),
        ("status 4 Elements", Command(Verb.STATUS, text="4 Elements")),
        ("open", Command(Verb.OPEN)),
        ("Mine", Command(Verb.MINE)),
        ("new", Command(Verb.NEW)),
        ("new The  shop is down\nsince noon", Command(Verb.NEW, text="The shop is down\nsince noon")),
        ("new\nThe shop is down", Command(Verb.NEW, text="The shop is down")),
        ("client", Command(Verb.CLIENT)),
        ("client Acme", Command(Verb.CLIENT, text="Acme")),
        ("client <#C0ACME|acme>", Command(Verb.CLIENT, channel="C0ACME")),
        ("client link Acme Ltd", Command(Verb.LINK, text="Acme Ltd")),
        ("client unlink", Command(Verb.UNLINK)),
        ("client Unlinked Brands", Command(Verb.CLIENT, text="Unlinked Brands")),
        ("client unlink now", Command(Verb.CLIENT, text="unlink now")),
        ("away", Command(Verb.AWAY)),
        ("away until Fri", Command(Verb.AWAY, text="until Fri")),
        ("AWAY 14:00-16:00", Command(Verb.AWAY, text="14:00-16:00")),
        ("away @mira until Fri", Command(Verb.AWAY, member="@mira", text="until Fri")),
        ("away <@U0MIRA|mira>", Command(Verb.AWAY, member="U0MIRA")),
        ("away <@U0MIRA|mira> until Fri", Command(Verb.AWAY, member="U0MIRA", text="until Fri")),
        ("away until Fri cover <@U0JO|jonas>", Command(Verb.AWAY, text="until Fri", cover="U0JO")),
        ("away until Fri, covered by <@U0JO>", Command(Verb.AWAY, text="until Fri,", cover="U0JO")),
        ("away cover <@U0JO|jonas> until Fri", Command(Verb.AWAY, text="until Fri", cover="U0JO")),
        ("away until Fri stand-in: @jonas", Command(Verb.AWAY, text="until Fri", cover="@jonas")),
        ("away until Fri cover Jonas Weber", Command(Verb.AWAY, text="until Fri", cover="Jonas Weber")),
        ("away cover @jonas until Fri", Command(Verb.AWAY, text="until Fri", cover="@jonas")),
        ("back", Command(Verb.BACK)),
        ("settings", Command(Verb.SETTINGS)),
        ("Hours", Command(Verb.SETTINGS)),
        ("help", Command(Verb.HELP)),
        ("?", Command(Verb.HELP)),
        ("help status", Command(Verb.HELP, text="status")),
        ("help /headsup status", Command(Verb.HELP, text="status")),
    ],
)
def test_what_was_typed_is_understood(typed, command):
    assert parse(typed) == command


@pytest.mark.parametrize(
    ("typed", "helps"),
    [
        ("statsu 142", "“/headsup status 142”"),
        ("opne", "“/headsup open”"),
        ("opne all of them", "“/headsup open”"),
        ("clint Acme", "“/headsup client Acme”"),
        ("Northwind", "“/headsup status Northwind”"),
        ("status 0", "no request 0"),
        ("status 2147483648", "no request 2147483648"),
        ("99999999999999999999", "no request 99999999999999999999"),
        ("status @maya", "pick the person"),
        ("open everything", "“/headsup open” takes nothing after it"),
        ("client link", "“/headsup client link Acme”"),
        ("back tomorrow", "“/headsup back” takes nothing after it"),
        ("away until Fri <@U0JO|jonas>", "write “cover @jonas”"),
        ("away until Fri cover", "Who stands in?"),
        ("awya until Fri", "“/headsup away until Fri”"),
        ("help opne", "“/headsup open”"),
        ("help <!channel>", "@channel"),
    ],
)
def test_what_is_not_understood_is_answered_with_what_would_have_worked(typed, helps):
    command = parse(typed)
    assert command.verb is Verb.UNKNOWN
    assert helps in command.sentence


@pytest.mark.parametrize("later", ["report week", "search invoice"])
def test_commands_that_do_not_exist_yet_are_neither_promised_nor_helped_with(later):
    assert parse(later).verb is Verb.UNKNOWN
    assert later.split()[0] not in help_text().replace("back to", "")


@given(
    st.text()
    | st.sampled_from(["status ", "client link ", "new ", "away ", "away <@U1> cover ", "<@", "<#C1|", "#"]).flatmap(
        lambda head: st.text().map(head.__add__)
    )
)
def test_nothing_that_can_be_typed_breaks_the_grammar(typed):
    command = parse(typed)
    assert (command.verb is Verb.UNKNOWN) == bool(command.sentence)
    facts = (command.request, command.member, command.channel, command.text)
    assert command.verb is Verb.AWAY or sum(bool(fact) for fact in facts) <= 1
    assert len(command.sentence) < 600


def test_every_example_in_help_is_understood_as_its_own_command():
    for row in ROWS:
        for example in row.examples:
            if "@" not in example:
                assert parse(example).verb is not Verb.UNKNOWN, example


def test_every_verb_has_a_row_or_is_a_form_of_one():
    assert {row.verb for row in ROWS} | {Verb.LINK, Verb.UNLINK, Verb.UNKNOWN} == set(Verb)


def test_no_word_calls_two_commands():
    words = [word for row in ROWS for word in row.words]
    assert len(set(words)) == len(words)


def test_help_lists_every_subcommand_as_it_is_typed():
    assert [line.usage for line in help_lines()] == [f"{SLASH} {row.usage}".strip() for row in ROWS]


def test_help_about_one_command_shows_how_it_is_used():
    lines = help_lines("status")
    assert lines[0].usage == "/headsup status [#n | @member | client]"
    assert "/headsup status #142" in [line.usage for line in lines]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("stauts #1", "/headsup status [#n | @member | client]"),
        ("mine all", "/headsup mine"),
        ("neu Acme", "/headsup new [text]"),
        ("hepl", "/headsup help [command]"),
    ],
)
def test_the_nearest_commands_to_a_slip_are_three_and_the_nearest_comes_first(text, first):
    usages = [line.usage for line in nearest_lines(text)]
    assert usages[0] == first
    assert len(usages) == 3


@pytest.mark.parametrize("text", ["", "<@U1|x>", "\u200b", "x" * 100_000])
def test_three_commands_are_near_to_anything(text):
    assert len(nearest_lines(text)) == 3


def test_help_about_a_topic_nobody_knows_is_the_whole_list():
    assert help_lines("weather") == help_lines()


@pytest.mark.parametrize(
    ("escaped", "words"),
    [
        ("&lt;b&gt; &amp;amp;", "<b> &amp;"),
        ("<https://acme.com/cart>", "https://acme.com/cart"),
        ("<https://acme.com/cart|the cart>", "the cart (https://acme.com/cart)"),
        ("<mailto:dana@acme.com|dana@acme.com>", "dana@acme.com"),
        ("<mailto:dana@acme.com>", "dana@acme.com"),
        ("ask <@U0MAYA|maya> in <#C0ACME|acme>", "ask @maya in #acme"),
        ("<@U0MAYA>", "@U0MAYA"),
        ("<!subteam^S1|@designers> <!here>", "@designers @here"),
    ],
)
def test_what_slack_escaped_is_read_back(escaped, words):
    assert plain(escaped) == words
