"""Log lines: a short sentence plus fields, never a client's words, never a secret (law L12).

Our own lines come from `structlog.get_logger()`. Lines of libraries pass the same handler, cut back to their first
words: Bolt prints whole request bodies, asyncio prints exceptions with their values, and both hold clients' words.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Any, TextIO, cast

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

PRIVATE = frozenset(
    {"text", "subject", "body", "payload", "message", "raw", "ask", "excerpt", "email", "blocks", "view", "headers"}
)
"""Fields that hold a client's words by their nature: their values are never written, whoever logs them."""

LONGEST = 300
"""A field's value is cut here: what is longer is no fact but a document."""

_HIDDEN = "(hidden)"
_SECRET = re.compile(
    r"xox[a-z.]+-[\w.-]+|xapp-[\w-]+|whsec_[\w+/=-]+|v1,[\w+/=]{20,}|(?<=://)[^/@\s]+:[^/@\s]+(?=@)"
    r"|https://hooks\.slack\.com/\S+|wss?://\S+"
)
_FIRST_WORDS = re.compile(r"[^\n(\[{<:=\"']*")
_CODE = re.compile(r"[a-z0-9_.]{1,60}")


def set_up_logs(*, log_format: str = "text", level: str = "info", stream: TextIO | None = None) -> None:
    """Send all log lines of this process to `stream` (standard error): `text` for people, `json` for machines.

    May be called again: the last call counts.
    """
    out = stream or sys.stderr
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _show_error_without_its_words,
        hide_private,
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=out.isatty(), sort_keys=False)
    )
    handler = _QuietHandler(out)
    handler.addFilter(_ForeignFrom(logging.INFO if level == "debug" else logging.WARNING))
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_first_words, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(level.upper())


class _QuietHandler(logging.StreamHandler[TextIO]):
    """A handler that does not print a record's arguments when formatting it fails."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging calls it by this name
        """Write where the broken log call is, and nothing of what it wanted to say."""
        self.stream.write(f"A log line of {record.pathname}:{record.lineno} could not be written.{self.terminator}")


class _ForeignFrom(logging.Filter):
    """Let libraries speak from a level on; our own lines were filtered by their logger already."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self.level = level

    def filter(self, record: logging.LogRecord) -> bool:
        return hasattr(record, "_name") or isinstance(record.msg, dict) or record.levelno >= self.level


def _first_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Cut a library's line before anything that was put into it, and name the library."""
    found = _FIRST_WORDS.match(str(event.get("event", "")))
    record = cast("logging.LogRecord | None", event.get("_record"))
    event["event"] = (found[0].strip() if found else "")[:LONGEST] or "(a library's line)"
    event["logger"] = record.name if record else ""
    return event


def _show_error_without_its_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by its types and places: an exception's text may hold anything."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error"] = describe_error(error)
    return event


def describe_error(error: BaseException) -> str:
    """Return an error's types and the places it passed through, without its words.

    Codes that are not words of anybody are kept: Slack's error code, an operating system's error number.
    """
    chain: list[str] = []
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        chain.append(f"{type(found).__name__}{_code_of(found)} at {_places(found.__traceback__)}")
        if isinstance(found, BaseExceptionGroup):
            chain[-1] += f" ({'; '.join(describe_error(each) for each in found.exceptions)})"
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
    return " from ".join(chain)


def _code_of(error: BaseException) -> str:
    if isinstance(error, OSError) and isinstance(error.errno, int):
        return f"[{error.errno}]"
    look_up = getattr(getattr(error, "response", None), "get", None)
    code = look_up("error") if callable(look_up) else None
    return f"[{code}]" if isinstance(code, str) and _CODE.fullmatch(code) else ""


def _places(traceback: TracebackType | None) -> str:
    frames = extract_tb(traceback)[-6:]
    shown = (f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return " < ".join(shown) or "(nowhere)"


def hide_private(_logger: WrappedLogger, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Hide fields that hold clients' words, mask what looks like a secret, cut what is too long."""
    for key, value in event.items():
        if key.startswith("_"):
            continue
        if key in PRIVATE and not isinstance(value, (int, bool)):
            event[key] = _HIDDEN
        elif not isinstance(value, (int, float, bool, type(None))):
            event[key] = _SECRET.sub(_HIDDEN, str(value))[: LONGEST if key != "error" else 4 * LONGEST]
    return event
