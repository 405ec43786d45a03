"""The fields of a webhook's JSON body, each with what it may be."""

import base64
import binascii
import re
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from bot.domain.incoming import Attachment

MOST_ATTACHMENTS = 50

_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_WEB = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)


def _absent(value: object) -> object:
    return None if value == "" else value


def _like(pattern: re.Pattern[str], wanted: str) -> BeforeValidator:
    def check(value: object) -> object:
        if isinstance(value, str) and value != "" and not pattern.fullmatch(value):
            raise ValueError(wanted)
        return _absent(value)

    return BeforeValidator(check)


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
OneLine = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
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
    base64: Annotated[str | None, Optional] = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.url is None) == (self.base64 is None):
            raise ValueError("give either url or base64")
        if self.base64 is not None:
            self._size()
        return self

    def kept(self) -> Attachment:
        """Return the reference that is kept; contents given as base64 stay in the stored raw body."""
        return Attachment(self.name, self.type, self.url, size=self._size() if self.base64 is not None else None)

    def _size(self) -> int:
        try:
            return len(base64.b64decode("".join((self.base64 or "").split()), validate=True))
        except (binascii.Error, ValueError) as error:
            raise ValueError("base64 holds something else than base64") from error


class WebhookForm(_Part):
    """The whole body. `text` may be empty or very long: it is a client's and kept whole."""

    client: Words
    sender: Sender = Field(alias="from")
    subject: OneLine = ""
    text: str
    language: Annotated[Short | None, ALanguage] = None
    thread: Annotated[Short | None, Optional] = None
    callback_url: Annotated[Url | None, Optional] = None
    attachments: tuple[AttachedFile, ...] = Field(default=(), max_length=MOST_ATTACHMENTS, strict=False)
