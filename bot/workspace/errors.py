"""The two ways in which the workspace says no."""

from typing import Any


class SlackError(Exception):
    """An API call answered with `ok: false`; `code` is Slack's name of the error, `fields` go beside it."""

    def __init__(self, code: str, **fields: Any) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields


class ControlError(Exception):
    """What was asked of a person in this workspace cannot be done; the text says why."""


class UnclearError(ControlError):
    """The words that were typed name nothing here, or mean nothing; nothing was done."""


class RateLimitedError(Exception):
    """A call that came too soon; `seconds` is its Retry-After."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds
