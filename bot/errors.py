"""One tree of errors. The docstring is the sentence that a person sees, unless the error was given its own."""

from typing import Any


class HeadsupError(Exception):
    """Something went wrong on our side. Nothing was lost; please try again."""

    def __init__(self, sentence: str | None = None, **facts: Any) -> None:
        self.sentence = sentence or (type(self).__doc__ or "").strip()
        self.facts = facts
        super().__init__(self.sentence)


class RefusedError(HeadsupError):
    """That is not possible right now."""


class NotAMemberError(RefusedError):
    """Only members of the team can do this."""


class NotYourRequestError(RefusedError):
    """This answer belongs to another client's request."""


class UnknownRequestError(RefusedError):
    """There is no request with that number."""


class ClosedRequestError(RefusedError):
    """That request is closed. Reopen it first."""


class AlreadyClaimedError(RefusedError):
    """Somebody else was faster."""


class StaleWindowError(RefusedError):
    """Another reply was approved after you opened this window."""


class MovedOnError(RefusedError):
    """That has moved on since. Nothing was changed."""


class PressedAgainError(RefusedError):
    """That was done a moment ago."""


class TooLateError(RefusedError):
    """It is too late for that."""


class FieldError(RefusedError):
    """A field needs another value. `field` is the input's name, as blocks/ids.py has it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence, field=field)
        self.field = field


class UnreadableError(HeadsupError):
    """What arrived could not be read. It is kept, and shown to the team."""


class ConflictError(RefusedError):
    """The same id arrived before with other contents."""


class ConfigurationError(HeadsupError):
    """A setting is missing or wrong."""


class DatabaseError(HeadsupError):
    """The database cannot be used."""


class SendError(HeadsupError):
    """A message could not be sent."""


class PermanentSendError(SendError):
    """The other side refused this message and will refuse it again."""


class TemporarySendError(SendError):
    """The other side did not take the message; nothing was sent, it is safe to try again.

    `retry_after` is in real seconds, None for our own backoff. `everyone` when the whole method must wait.
    """

    def __init__(self, sentence: str | None = None, *, retry_after: float | None = None, **facts: Any) -> None:
        super().__init__(sentence, **facts)
        self.retry_after = retry_after


class AmbiguousSendError(SendError):
    """The answer was lost: the message may or may not have arrived."""


class LockedOutError(SendError):
    """Slack refuses our token. Everything is kept and waits until the app is installed again."""
