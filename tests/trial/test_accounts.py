"""What must agree does, also while things are on their way; what is really lost or doubled is seen."""

from dataclasses import replace

from trial_ledger import ACME, DM, EMPTY, TEAM, Ledger, leaving

from bot.trial.accounts import PATIENCE
from bot.trial.outside import Delivery
from bot.trial.standing import Standing


def test_what_left_and_stands_agrees():
    books = Ledger()
    books.before = books.after = replace(EMPTY, requests=frozenset({1}))
    books.left(leaving("card:1", "1.1"), leaving("reply:1:1", "1.2", channel=ACME))
    books.posts = {(TEAM, "1.1"): ("card:1",), (ACME, "1.2"): ("reply:1",)}
    assert books.says("requests") == (1, 1, "")
    assert books.says("channel replies") == (1, 1, "")
    assert books.says("nudges") == (0, 0, "")


def test_a_card_that_stands_before_it_is_recorded_is_on_the_way():
    books = Ledger()
    books.before = books.after = replace(EMPTY, requests=frozenset({1}))
    books.left(leaving("card:1"))
    books.posts = {(TEAM, "1.1"): ("card:1",)}
    assert books.says("requests") == (0, 0, "1 on the way")


def test_what_was_recorded_between_the_two_reads_is_on_the_way():
    books = Ledger()
    books.before = replace(EMPTY, leaving=(leaving("card:1"),))
    books.after = replace(EMPTY, leaving=(leaving("card:1", "1.1"),))
    assert books.says("requests") == (0, 0, "1 on the way")
    books.posts = {(TEAM, "1.1"): ("card:1",)}
    assert books.says("requests") == (0, 0, "1 on the way")


def test_what_was_recorded_and_answered_between_the_two_reads_is_on_the_way():
    books = Ledger()
    books.before = replace(EMPTY, leaving=(leaving("reply:1:1", channel=ACME),))
    books.after = replace(EMPTY, leaving=(leaving("reply:1:1", "1.2", channel=ACME),))
    books.posts = {(ACME, "1.2"): ("answered:1",)}
    assert books.says("channel replies") == (0, 0, "1 on the way")
    books.posts = {(ACME, "1.2"): ("answered:1",), (ACME, "1.3"): ("reply:1",)}
    assert books.says("channel replies") == (0, 1, "1 on the way")


def test_a_request_that_came_between_the_two_reads_is_on_the_way():
    books = Ledger()
    books.after = replace(EMPTY, requests=frozenset({1}), leaving=(leaving("card:1"),))
    assert books.says("requests") == (0, 0, "1 on the way")


def test_a_request_without_a_card_is_lost():
    books = Ledger()
    books.before = books.after = replace(EMPTY, requests=frozenset({1}))
    assert books.says("requests") == (1, 0, "")


def test_a_message_that_is_gone_is_lost_and_a_second_one_is_too_much():
    books = Ledger()
    books.left(leaving("reply:1:1", "1.2", channel=ACME))
    assert books.says("channel replies") == (1, 0, "")
    books.posts = {(ACME, "1.2"): ("reply:1",), (ACME, "1.3"): ("reply:1",)}
    assert books.says("channel replies") == (1, 2, "")
    books.posts = {(ACME, "1.2"): ("reply:1",), (ACME, "1.3"): ()}
    assert books.says("channel replies") == (1, 2, ""), "nothing else of ours belongs into a client's channel"


def test_a_second_copy_of_what_is_on_the_way_is_too_much():
    books = Ledger()
    books.left(leaving("reply:1:1", channel=ACME))
    books.posts = {(ACME, "1.2"): ("reply:1",), (ACME, "1.3"): ("reply:1",)}
    assert books.says("channel replies") == (0, 1, "1 on the way")


def test_an_uncertain_reply_may_stand_or_not_and_a_person_decides():
    books = Ledger()
    books.before = books.after = replace(EMPTY, undecided=frozenset({1}))
    books.left(leaving("reply:1:1", state="uncertain"))
    assert books.says("channel replies") == (0, 0, "1 for a person to decide")
    books.posts = {(ACME, "1.2"): ("reply:1",)}
    assert books.says("channel replies") == (0, 0, "1 for a person to decide")


def test_a_reply_sent_again_by_a_person_stands_twice_when_it_had_arrived():
    books = Ledger()
    books.left(leaving("reply:1:1", state="uncertain"), leaving("reply:1:2", "1.3", channel=ACME))
    books.posts = {(ACME, "1.2"): ("reply:1",), (ACME, "1.3"): ("reply:1",)}
    assert books.says("channel replies") == (1, 1, "")


def test_a_refused_reply_must_not_stand():
    books = Ledger()
    books.before = books.after = replace(EMPTY, undecided=frozenset({1}))
    books.left(leaving("reply:1:1", state="failed"))
    assert books.says("channel replies") == (0, 0, "1 for a person to decide")
    books.posts = {(ACME, "1.2"): ("reply:1",)}
    assert books.says("channel replies") == (0, 1, "1 for a person to decide")


def test_an_answered_reply_stands_where_it_stood_under_another_key():
    books = Ledger()
    books.left(leaving("reply:1:1", "1.2", channel=ACME))
    books.posts = {(ACME, "1.2"): ("answered:1",)}
    assert books.says("channel replies") == (1, 1, "")


def test_nudges_that_share_a_message_are_counted_one_by_one():
    books = Ledger()
    keys = ("nudge:1:1", "nudge:2:1")
    books.left(*(leaving(key, "1.4", channel=DM) for key in keys))
    books.posts = {(DM, "1.4"): keys}
    assert books.says("nudges") == (2, 2, "")
    books.posts = {(DM, "1.4"): keys, (DM, "1.5"): keys}
    assert books.says("nudges") == (2, 4, "")
    books.posts = {}
    assert books.says("nudges") == (2, 0, "")


def came(ident: str, *, again: bool = False, verified: bool = True) -> Delivery:
    return Delivery(1.0, ident, verified, "", "", again)


def test_a_webhook_that_comes_twice_is_taken_once():
    books = Ledger()
    books.left(leaving("reply:1:1", webhook=True))
    books.systems[0].received.extend([came("reply:1"), came("reply:1", again=True)])
    assert books.says("webhook replies") == (1, 1, "1 came once more and did nothing")


def test_a_webhook_on_its_way_may_have_come_or_not():
    books = Ledger()
    books.left(leaving("reply:1:1", webhook=True, state="pending"))
    assert books.says("webhook replies") == (0, 0, "1 on the way")
    books.systems[0].received.append(came("reply:1"))
    assert books.says("webhook replies") == (0, 0, "1 on the way")


def test_a_webhook_that_never_came_is_lost_and_a_strange_one_is_too_much():
    books = Ledger()
    books.left(leaving("reply:1:1", webhook=True))
    assert books.says("webhook replies") == (1, 0, "")
    books.systems[0].received.extend([came("reply:1"), came("reply:9"), came("reply:8", verified=False)])
    assert books.says("webhook replies") == (1, 2, "")


def test_without_systems_outside_there_is_no_such_row():
    books = Ledger()
    rows = books.accounts.rows(EMPTY, Standing({}, {}), EMPTY, (), delivering=False)
    assert [row.label.split(" ·")[0] for row in rows] == ["requests", "channel replies", "nudges", "client messages"]


def test_clients_words_are_those_after_the_link_of_people_who_are_no_members():
    books = Ledger()
    books.words = {
        (ACME, "999.000000"): "U0CARLA",
        (ACME, "1001.000000"): "U0CARLA",
        (ACME, "1002.000000"): "U0MIRA",
        (TEAM, "1003.000000"): "U0CARLA",
    }
    books.after = replace(EMPTY, stored=frozenset({(ACME, "1001.000000")}))
    assert books.says("client messages") == (1, 1, "")
    books.after = replace(EMPTY, stored=frozenset({(ACME, "1001.000000"), (ACME, "999.000000"), (ACME, "1002.000000")}))
    assert books.says("client messages") == (3, 3, ""), "what was taken in by hand counts"


def test_a_clients_message_is_on_the_way_for_a_while_and_then_lost():
    books = Ledger()
    books.words = {(ACME, "1001.000000"): "U0CARLA"}
    assert books.says("client messages") == (0, 0, "1 on the way")
    assert books.accounts.settling
    books.elapsed = PATIENCE - 0.1
    assert books.says("client messages") == (0, 0, "1 on the way")
    books.elapsed = PATIENCE
    assert books.says("client messages") == (1, 0, "")
    assert not books.accounts.settling
    books.after = replace(EMPTY, stored=frozenset(books.words))
    assert books.says("client messages") == (1, 1, "")


def test_a_clients_message_is_on_the_way_as_long_as_something_delivers():
    books = Ledger()
    books.words = {(ACME, "1001.000000"): "U0CARLA"}
    books.delivering = True
    books.says("client messages")
    books.elapsed = 10 * PATIENCE
    assert books.says("client messages") == (0, 0, "1 on the way")
    books.delivering = False
    books.elapsed += PATIENCE
    assert books.says("client messages") == (1, 0, "")


def test_what_a_client_deleted_is_known_after_a_while():
    books = Ledger()
    books.after = replace(EMPTY, stored=frozenset({(ACME, "1001.000000")}))
    assert books.says("client messages") == (0, 0, "")
    books.elapsed = PATIENCE
    assert books.says("client messages") == (0, 1, "")
