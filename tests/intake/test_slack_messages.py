from datetime import UTC, datetime

import pytest

from bot.domain.incoming import Attachment, Source
from bot.intake.slack import Deleted, Edited, instant, read_change, read_message, read_message_shortcut

TS = "1732200000.000100"
AT = datetime(2024, 11, 21, 14, 40, 0, 100, tzinfo=UTC)
SAID = {
    "type": "message",
    "channel": "C1",
    "channel_type": "channel",
    "user": "U9",
    "team": "T9",
    "ts": TS,
    "event_ts": TS,
    "text": "Where is <@U1>? a &amp; b",
}


def said(**changed):
    return {**SAID, **changed}


def test_a_persons_message_is_read_with_who_where_and_when():
    message = read_message(SAID, names={"U1": "Mira", "U9": "Tuomas"})
    assert (message.channel, message.ts, message.at) == ("C1", TS, AT)
    assert (message.user, message.team, message.name, message.thread) == ("U9", "T9", "Tuomas", None)
    assert message.text == "Where is @Mira? a & b"


def test_a_message_of_the_history_gives_the_same_value_as_its_event():
    history = {name: value for name, value in SAID.items() if name not in {"channel", "channel_type", "event_ts"}}
    assert read_message(history, channel="C1") == read_message(SAID)


def test_an_outsiders_own_team_and_name_are_read_from_the_message():
    event = said(team="T0", user_team="T9", source_team="T9", user_profile={"real_name": "Tuomas Aho", "team": "T9"})
    message = read_message(event)
    assert (message.team, message.name) == ("T9", "Tuomas Aho")


def test_an_answer_knows_its_root_and_a_root_with_answers_is_still_a_root():
    assert read_message(said(thread_ts="1732100000.000001")).thread == "1732100000.000001"
    assert read_message(said(thread_ts=TS, reply_count=2)).thread is None
    assert read_message(said(subtype="thread_broadcast", thread_ts="1732100000.000001")).thread == "1732100000.000001"


@pytest.mark.parametrize(
    "changed",
    [
        {"subtype": "bot_message"},
        {"bot_id": "B1"},
        {"subtype": "channel_join"},
        {"subtype": "channel_topic"},
        {"subtype": "message_changed"},
        {"subtype": "message_replied"},
        {"subtype": "message_deleted"},
        {"hidden": True},
        {"user": None},
        {"ts": None},
        {"ts": "soon"},
        {"channel": None},
    ],
)
def test_what_no_person_said_is_nothing(changed):
    assert read_message(said(**changed)) is None


def test_files_are_kept_by_reference_also_when_slack_hides_them():
    files = [
        {"id": "F1", "name": "a.png", "mimetype": "image/png", "size": 7, "permalink": "https://x.slack.com/files/F1"},
        {"id": "F2", "mode": "tombstone"},
        {"id": "F3", "file_access": "check_file_info"},
        "nonsense",
    ]
    assert read_message(said(subtype="file_share", text="", files=files)).attachments == (
        Attachment("a.png", "image/png", "https://x.slack.com/files/F1", "F1", 7),
        Attachment("(a removed file)", id="F2"),
        Attachment("file", id="F3"),
    )


def test_a_forwarded_message_keeps_its_words_and_an_unfolded_link_adds_none():
    shared = {"is_share": True, "author_name": "Sam", "text": "The page\nis down &amp; out"}
    unfolded = {"from_url": "https://acme.example", "text": "Acme, since 1999"}
    assert (
        read_message(said(text="See:", attachments=[shared, unfolded])).text
        == "See:\n\nSam:\n> The page\n> is down & out"
    )
    assert read_message(said(text="", attachments=[{**shared, "author_name": ""}])).text.startswith("> The page")


def changed(message, previous=SAID, **more):
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": "C1",
        "ts": "1732200060.000200",
        "event_ts": "1732200060.000200",
        "message": message,
        "previous_message": previous,
        **more,
    }


def test_an_edit_gives_the_new_words_of_the_same_message():
    edit = read_change(changed(said(text="Never mind", edited={"user": "U9", "ts": "1732200059.000000"})))
    assert edit == Edited("C1", TS, "Never mind", datetime(2024, 11, 21, 14, 40, 59, tzinfo=UTC))


def test_an_unfolded_link_is_no_edit_nor_is_a_bots_change_of_its_own_message():
    assert read_change(changed(said(attachments=[{"from_url": "https://a.example", "text": "A"}]))) is None
    assert read_change(changed(said(text="new", bot_id="B1"))) is None
    assert read_change(SAID) is None


def test_a_deletion_names_the_message_that_is_gone():
    gone = {
        "type": "message",
        "subtype": "message_deleted",
        "channel": "C1",
        "deleted_ts": TS,
        "ts": "1732200060.000200",
    }
    at = datetime(2024, 11, 21, 14, 41, 0, 200, tzinfo=UTC)
    assert read_change(gone) == Deleted("C1", TS, at)
    tombstone = {"subtype": "tombstone", "ts": TS, "text": "This message was deleted.", "user": "USLACKBOT"}
    assert read_change(changed(tombstone)) == Deleted("C1", TS, at)


def shortcut(message, **more):
    payload = {
        "type": "message_action",
        "callback_id": "x",
        "channel": {"id": "C1", "name": "acme"},
        "message": message,
    }
    return {**payload, "user": {"id": "U1", "team_id": "T1"}, "team": {"id": "T1"}, **more}


def test_the_message_shortcut_takes_the_message_in_its_writers_name():
    incoming = read_message_shortcut(shortcut(SAID), names={"U9": "Tuomas"})
    assert (incoming.source, incoming.identity, incoming.at) == (Source.SHORTCUT, f"C1:{TS}", AT)
    assert (incoming.sender_name, incoming.sender_user, incoming.sender_team) == ("Tuomas", "U9", "T9")
    assert (incoming.channel, incoming.ts, incoming.thread, incoming.taken_by) == ("C1", TS, TS, "U1")


def test_the_message_shortcut_takes_what_another_app_posted():
    mail = {
        "subtype": "bot_message",
        "bot_id": "B1",
        "username": "Mailbox",
        "ts": TS,
        "text": "Hello",
        "thread_ts": "1.000001",
    }
    incoming = read_message_shortcut(shortcut(mail))
    assert (incoming.sender_name, incoming.sender_user, incoming.thread) == ("Mailbox", None, "1.000001")


@pytest.mark.parametrize("more", [{"message": {}}, {"message": None}, {"channel": None}, {"user": {}}])
def test_a_shortcut_without_a_place_is_nothing(more):
    assert read_message_shortcut({**shortcut(SAID), **more}) is None


@pytest.mark.parametrize("ts", [None, "", "x", "1.2.3", "-1", "\u0663.1", "999999999999.0", 1.5])
def test_a_timestamp_is_seconds_and_microseconds_or_nothing(ts):
    assert instant(ts) is None or ts == 1.5
    assert instant("1732200000") == AT.replace(microsecond=0)
