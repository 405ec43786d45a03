"""The fields of a webhook's JSON body, each with what it may be."""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from bot.domain.callbacks import why_not_called
from bot.domain.incoming import Attachment
from bot.domain.replies import says_something

MOST_ATTACHMENTS = 50

_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_WEB = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)


def _absent(value: object) -> object:
    return None if value == "" else value


def _on_one_line(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def _may_be_called(value: object, info: ValidationInfo) -> object:
    if isinstance(value, str) and value and (why := why_not_called(value, (info.context or {}).get("hosts", ()))):
        raise ValueError(why)
    return _absent(value)


def _not_too_many(value: object) -> object:
    if isinstance(value, list) and len(value) > MOST_ATTACHMENTS:
        raise ValueError(f"give at most {MOST_ATTACHMENTS}")
    return value


def _like(pattern: re.Pattern[str], wanted: str) -> BeforeValidator:
    def check(value: object) -> object:
        if isinstance(value, str) and value != "" and not pattern.fullmatch(value):
            raise ValueError(wanted)
        return _absent(value)

    return BeforeValidator(check)


def _seen(value: str) -> str:
    if not says_something(value):
        raise ValueError("write at least one character that can be seen")
    return value


OnOneLine = BeforeValidator(_on_one_line)
Words = Annotated[str, StringConstraints(max_length=200), OnOneLine, AfterValidator(_seen)]
Subject = Annotated[str, StringConstraints(max_length=1000), OnOneLine]
Email = Annotated[str, StringConstraints(max_length=320)]
Url = Annotated[str, StringConstraints(max_length=2048)]
Short = Annotated[str, StringConstraints(max_length=255)]
Optional = BeforeValidator(_absent)
AnEmail = _like(_EMAIL, "write a mail address such as mira@acme.example")
AnAddress = _like(_WEB, "write an address that begins with https://")
ALanguage = _like(_LANGUAGE, "write a language tag such as en, de or pt-BR")


class _Part(BaseModel):
    """Numbers are no texts; fields we do not know are left to the sender."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore", hide_input_in_errors=True)


class Sender(_Part):
    """Who writes: a name, a mail address, or both."""

    name: Annotated[Words | None, Optional] = None
    email: Annotated[Email | None, AnEmail] = None

    @model_validator(mode="after")
    def _someone(self) -> Self:
        if self.name is None and self.email is None:
            raise ValueError("give a name, an email, or both")
        return self


class AttachedFile(_Part):
    """A file: where it lies, or its contents."""

    name: Words
    type: Short = ""
    url: Annotated[Url | None, AnAddress] = None
    base64: Annotated[str | None, Optional] = Field(default=None, validate_default=True)

    @field_validator("base64")
    @classmethod
    def _one_of_both(cls, contents: str | None, info: ValidationInfo) -> str | None:
        if "url" in info.data and (info.data["url"] is None) == (contents is None):
            raise ValueError("give either url or base64")
        if contents is not None:
            _decoded_size(contents)
        return contents

    def kept(self) -> Attachment:
        """Return the reference that is kept; contents given as base64 stay in the stored raw body."""
        return Attachment(
            self.name, self.type, self.url, size=None if self.base64 is None else _decoded_size(self.base64)
        )


def _decoded_size(contents: str) -> int:
    try:
        return len(base64.b64decode("".join(contents.split()), validate=True))
    except (binascii.Error, ValueError) as error:
        raise ValueError("write the contents in base64") from error


class WebhookForm(_Part):
    """The whole body. `text` may be empty or very long: it is a client's and kept whole.

    Validate it with `context={"hosts": …}`, the hosts that `callback_url` may name. A subject and names are folded to
    one line.
    """

    client: Words
    sender: Sender = Field(alias="from")
    subject: Subject = ""
    text: str
    language: Annotated[Short | None, ALanguage] = None
    thread: Annotated[Short | None, Optional] = None
    callback_url: Annotated[Url | None, BeforeValidator(_may_be_called)] = None
    attachments: Annotated[tuple[AttachedFile, ...], BeforeValidator(_not_too_many)] = Field(default=(), strict=False)


def sentence_for(found: Mapping[str, Any]) -> str:
    """Return what a field should be instead, for one of pydantic's errors; never its own words, never the value."""
    if found["type"] == "value_error":
        return str(found["ctx"]["error"])
    most = found.get("ctx", {}).get("max_length")
    return _SENTENCES.get(found["type"], "write another value").format(most=most)


_SENTENCES = {
    "missing": "this field is needed",
    "string_type": "write a text",
    "string_too_long": "write at most {most} characters",
    "model_type": "write an object",
    "tuple_type": "write a list",
}
