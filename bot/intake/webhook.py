"""`POST /intake/webhook`: signed JSON from the agency's own systems, by the Standard Webhooks specification."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from pydantic import ValidationError
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from bot.domain.incoming import IncomingMessage, Source
from bot.domain.storable import storable_json
from bot.intake.webhook_form import WebhookForm, sentence_for

LARGEST = 1024 * 1024
"""Bytes of a body without attachments."""

LARGEST_WITH_ATTACHMENTS = 10 * 1024 * 1024
"""Bytes of a body whose attachments are inside as base64."""

LONGEST_ID = 255

HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")

_WHY_UNVERIFIED = {
    "Message timestamp too old": "webhook-timestamp is more than five minutes old: sign each attempt anew",
    "Message timestamp too new": "webhook-timestamp lies more than five minutes ahead: check the sender's clock",
    "Invalid Signature Headers": "webhook-timestamp is not a number of seconds since 1970",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a webhook was not taken: an HTTP status, a sentence, and for 422 each wrong field with its sentence."""

    status: int
    error: str
    fields: Mapping[str, str] = field(default_factory=dict)


Read: TypeAlias = IncomingMessage | Refusal


def refuse_early(headers: Mapping[str, str], length: int | None, *, secret: str | None) -> Refusal | None:
    """Refuse what needs no look at the body: no secret set, signature headers missing, a body known to be too large."""
    if secret is None:
        return Refusal(503, "the intake is closed: WEBHOOK_SECRET is not set")
    present = {name.lower() for name, value in headers.items() if value}
    missing = [name for name in HEADERS if name not in present]
    if missing:
        return Refusal(401, f"not signed: {', '.join(missing)} missing (https://www.standardwebhooks.com)")
    if length is not None and length > LARGEST_WITH_ATTACHMENTS:
        return too_large(LARGEST_WITH_ATTACHMENTS)
    return None


def too_large(limit: int) -> Refusal:
    """Return the refusal of a body over `limit` bytes."""
    return Refusal(413, f"the body is larger than {limit // (1024 * 1024)} MiB")


def read_webhook(
    raw: bytes, headers: Mapping[str, str], *, secret: str | None, now: datetime, hosts: Collection[str] = ()
) -> Read:
    """Return the message that a signed request carries, or why it is refused; never raises.

    The signature's five minutes are real time, whatever `now` says; `now` is when the words count as written.
    `hosts` are those that a `callback_url` may name. Contents of attachments stay in `raw`, which is kept.
    """
    refusal = refuse_early(headers, len(raw), secret=secret) or _unverified(raw, headers, secret or "")
    if refusal:
        return refusal
    identity = next(value for name, value in headers.items() if name.lower() == "webhook-id")
    form = _form(raw, hosts)
    if len(identity) > LONGEST_ID or not identity.isprintable() or not identity.isascii():
        others = form.fields if isinstance(form, Refusal) else {}
        return _wrong({"webhook-id": f"write at most {LONGEST_ID} printable ASCII characters", **others})
    if isinstance(form, Refusal):
        return form
    if not form.attachments and len(raw) > LARGEST:
        return too_large(LARGEST)
    return _message(form, identity, now)


def _unverified(raw: bytes, headers: Mapping[str, str], secret: str) -> Refusal | None:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _wrong({"body": "write JSON in UTF-8"})
    try:
        Webhook(secret).verify(text, dict(headers), json_parse=False)
    except WebhookVerificationError as error:
        return Refusal(401, _WHY_UNVERIFIED.get(str(error), "webhook-signature fits neither this body nor our secret"))
    except ValueError:
        return Refusal(401, "webhook-signature is not a list of v1,<base64>")
    return None


def _form(raw: bytes, hosts: Collection[str]) -> WebhookForm | Refusal:
    try:
        return WebhookForm.model_validate(_json_object(raw), context={"hosts": hosts})
    except ValidationError as error:
        return _wrong({_path(found["loc"]): sentence_for(found) for found in error.errors(include_url=False)})
    except (ValueError, RecursionError):
        return _wrong({"body": "write one JSON object"})


def _json_object(raw: bytes) -> dict[str, Any]:
    value = storable_json(json.loads(raw, parse_constant=_no_constant))
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - the sender's value is wrong, not our type
    return value


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _message(form: WebhookForm, identity: str, now: datetime) -> IncomingMessage:
    return IncomingMessage(
        source=Source.WEBHOOK,
        identity=identity,
        text=form.text,
        at=now,
        subject=form.subject,
        client_name=form.client,
        sender_name=form.sender.name or form.sender.email or "",
        sender_email=form.sender.email,
        thread=form.thread,
        callback_url=form.callback_url,
        language=form.language,
        attachments=tuple(each.kept() for each in form.attachments),
    )


def _wrong(fields: Mapping[str, str]) -> Refusal:
    return Refusal(422, f"these need another value: {', '.join(fields)}", fields)


def _path(location: tuple[int | str, ...]) -> str:
    named = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return named.removeprefix(".") or "body"
