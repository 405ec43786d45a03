import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from bot.domain.incoming import Attachment, IncomingMessage, Source
from bot.intake.webhook import LARGEST, LARGEST_WITH_ATTACHMENTS, Refusal, read_webhook, refuse_early

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)
HOSTS = ("hooks.acme.example", "127.0.0.1:9000")
WHOLE = {
    "client": "Acme",
    "from": {"name": "Mira Koski", "email": "mira@acme.example"},
    "subject": "Invoice 12",
    "text": "Hello,\nthe sum is wrong.",
    "language": "en",
    "thread": "case-7",
    "callback_url": "https://hooks.acme.example/headsup?x=1",
    "attachments": [
        {"name": "a.png", "type": "image/png", "url": "https://files.acme.example/a.png"},
        {"name": "b.txt", "type": "text/plain", "base64": base64.b64encode(b"hello").decode()},
    ],
}


def signed(raw, *, identity="msg_1", age=timedelta(), secret=SECRET):
    at = datetime.now(UTC) - age
    signature = Webhook(secret).sign(identity, at, raw.decode("utf-8", "replace"))
    return {"Webhook-Id": identity, "Webhook-Timestamp": str(int(at.timestamp())), "Webhook-Signature": signature}


def read(body, *, secret=SECRET, **headers):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read_webhook(raw, signed(raw, **headers), secret=secret, now=NOW, hosts=HOSTS)


def without(*names, **changed):
    return {name: value for name, value in {**WHOLE, **changed}.items() if name not in names}


def test_a_whole_request_becomes_an_incoming_message():
    assert read(WHOLE) == IncomingMessage(
        source=Source.WEBHOOK,
        identity="msg_1",
        text="Hello,\nthe sum is wrong.",
        at=NOW,
        subject="Invoice 12",
        client_name="Acme",
        sender_name="Mira Koski",
        sender_email="mira@acme.example",
        thread="case-7",
        callback_url="https://hooks.acme.example/headsup?x=1",
        language="en",
        attachments=(
            Attachment("a.png", "image/png", "https://files.acme.example/a.png"),
            Attachment("b.txt", "text/plain", None, size=5),
        ),
    )


def test_what_may_be_left_out_may_be_left_out():
    message = read({"client": "Acme", "from": {"email": "mira@acme.example"}, "text": "", "subject": "", "thread": ""})
    assert (message.text, message.thread, message.callback_url, message.sender_name) == (
        "",
        None,
        None,
        "mira@acme.example",
    )


def test_headers_may_be_spelled_in_any_case_and_a_secret_may_be_rotated():
    raw = json.dumps(WHOLE).encode()
    old, new = signed(raw, secret="whsec_" + "A" * 32), signed(raw)
    both = {**new, "Webhook-Signature": f"{old['Webhook-Signature']} {new['Webhook-Signature']}"}
    lowered = {name.lower(): value for name, value in both.items()}
    assert isinstance(read_webhook(raw, lowered, secret=SECRET, now=NOW, hosts=HOSTS), IncomingMessage)


def test_without_a_secret_the_intake_is_closed():
    assert read(WHOLE, secret=None).status == 503


@pytest.mark.parametrize("missing", ["Webhook-Id", "Webhook-Timestamp", "Webhook-Signature"])
def test_an_unsigned_request_is_refused_before_its_body_is_read(missing):
    headers = {name: value for name, value in signed(b"{}").items() if name != missing}
    refusal = refuse_early(headers, None, secret=SECRET)
    assert refusal.status == 401
    assert missing.lower() in refusal.error


@pytest.mark.parametrize(("age", "word"), [(timedelta(minutes=6), "old"), (timedelta(minutes=-6), "ahead")])
def test_a_stale_signature_is_refused_on_real_time_whatever_our_clock_says(age, word):
    refusal = read(WHOLE, age=age)
    assert refusal.status == 401
    assert word in refusal.error
    assert isinstance(read(WHOLE, age=timedelta(minutes=4)), IncomingMessage)


@pytest.mark.parametrize(
    "changed",
    [
        {"Webhook-Signature": "v1,AAAA"},
        {"Webhook-Signature": "nonsense"},
        {"Webhook-Signature": "v1,\xe9"},
        {"Webhook-Id": "msg_2"},
        {"Webhook-Id": "\udce9"},
        {"Webhook-Timestamp": "now"},
        {"Webhook-Timestamp": "nan"},
        {"Webhook-Timestamp": "1e400"},
    ],
)
def test_a_forged_signature_is_refused(changed):
    raw = json.dumps(WHOLE).encode()
    assert read_webhook(raw, {**signed(raw), **changed}, secret=SECRET, now=NOW, hosts=HOSTS).status == 401


def test_a_changed_body_is_refused():
    raw = json.dumps(WHOLE).encode()
    assert read_webhook(raw + b" ", signed(raw), secret=SECRET, now=NOW).status == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (without("client"), "client"),
        (without(client="  "), "client"),
        (without(client=7), "client"),
        (without("from"), "from"),
        (without(**{"from": {}}), "from"),
        (without(**{"from": {"email": "no mail"}}), "from.email"),
        (without("text"), "text"),
        (without(text=None), "text"),
        (without(language="English please"), "language"),
        (without(callback_url="https://elsewhere.example/"), "callback_url"),
        (without(attachments=[{"name": "a"}]), "attachments[0].base64"),
        (without(attachments=[{"name": "a", "base64": "!"}]), "attachments[0].base64"),
        (without(attachments=[{"name": "a", "url": "file:///etc/passwd"}]), "attachments[0].url"),
        (without(attachments=[{"name": "a", "url": "https://x", "base64": "AAAA"}]), "attachments[0].base64"),
        (without(attachments=[{"name": "a", "url": "https://x.example"}] * 51), "attachments"),
        (without(attachments=[{}] * 51), "attachments"),
        (without(thread="t" * 256), "thread"),
        ([], "body"),
        (b"", "body"),
        (b"{", "body"),
        (b'{"client": NaN}', "body"),
        (b"[" * 100_000, "body"),
        (b"\xff{}", "body"),
    ],
)
def test_a_wrong_field_is_named(body, field):
    refusal = read(body)
    assert isinstance(refusal, Refusal)
    assert refusal.status == 422
    assert list(refusal.fields) == [field]
    assert field in refusal.error


def test_all_wrong_fields_are_named_at_once_and_none_is_repeated_back():
    refusal = read({"client": 1, "from": {"email": "a secret word"}, "language": "a secret word"})
    assert set(refusal.fields) == {"client", "from.email", "text", "language"}
    assert "secret word" not in str(refusal)


def test_every_wrong_field_is_named_in_one_answer_wherever_its_rule_stands():
    wrong = without(
        language="English please",
        callback_url="https://elsewhere.example/",
        attachments=[{"base64": "!"}, {"url": "https://files.acme.example/a.png"}, {"name": "c"}],
    )
    assert set(read(wrong, identity="x" * 256).fields) == {
        "webhook-id",
        "language",
        "callback_url",
        "attachments[0].name",
        "attachments[0].base64",
        "attachments[1].name",
        "attachments[2].base64",
    }


def test_what_a_field_should_be_is_said_in_our_words():
    assert read(
        {
            "from": "Carla",
            "subject": 7,
            "text": None,
            "thread": "t" * 256,
            "attachments": {"name": "a"},
        }
    ).fields == {
        "client": "this field is needed",
        "from": "write an object",
        "subject": "write a text",
        "text": "write a text",
        "thread": "write at most 255 characters",
        "attachments": "write a list",
    }
    for nothing in (" ", "\u200b", "\u2060\ufeff"):
        assert read(without(client=nothing)).fields == {"client": "write at least one character that can be seen"}
    assert read(without(attachments=[{}] * 51)).fields == {"attachments": "give at most 50"}
    assert read(without(attachments=["a"])).fields == {"attachments[0]": "write an object"}


def test_a_subject_and_names_are_one_line():
    message = read(without(subject=" Invoice\r\n 12\u2028again ", **{"from": {"name": "Mira\nKoski"}}))
    assert (message.subject, message.sender_name) == ("Invoice 12 again", "Mira Koski")


@pytest.mark.parametrize("identity", ["x" * 256, "tab\there", "caf\xe9"])
def test_an_id_that_cannot_be_kept_is_named(identity):
    assert list(read(WHOLE, identity=identity).fields) == ["webhook-id"]


def test_a_text_is_kept_whole_whatever_is_in_it():
    text = "<!channel> *bold* \u202eright to left \x07\x1b[31m " + "ä" * 50_000 + "\n\n"
    assert read(without(text=text)).text == text


def test_characters_that_no_database_takes_become_visible_ones():
    raw = b'{"client": "A\\u0000cme", "from": {"name": "M"}, "text": "a\\u0000b\\ud800c"}'
    message = read(raw)
    assert (message.client_name, message.text) == ("A␀cme", "a␀b\N{REPLACEMENT CHARACTER}c")
    message.text.encode()


def test_a_body_has_a_limit_and_a_larger_one_with_attachments():
    assert read(without("attachments", text="x" * LARGEST)).status == 413
    contents = base64.b64encode(b"x" * LARGEST).decode()
    assert isinstance(read(without(attachments=[{"name": "a", "base64": contents}])), IncomingMessage)
    assert refuse_early(signed(b""), LARGEST_WITH_ATTACHMENTS + 1, secret=SECRET).status == 413


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(WHOLE, ANY_JSON)))
def test_whatever_is_signed_is_taken_or_refused_with_its_fields(body):
    result = read(body)
    if isinstance(result, Refusal):
        assert result.status == 422
        assert result.fields
        assert "write another value" not in result.fields.values()
    else:
        result.text.encode()
        assert "\x00" not in result.text + result.subject


@given(st.binary(max_size=200))
def test_no_bytes_break_it(raw):
    assert isinstance(read_webhook(raw, signed(b"{}"), secret=SECRET, now=NOW), Refusal)
