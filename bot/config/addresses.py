"""What an address in a setting may be: text in, value out. A ValueError's sentence says what is wrong, and the cure."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

from yarl import URL

from bot.config.rules import parts

LAST_PORT = 65535

_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")


def database_url(text: str) -> str:
    """Accept a SQLite file or a PostgreSQL address; return the address as SQLAlchemy wants it."""
    scheme, _, rest = text.partition("://")
    if scheme == "sqlite":
        if not rest.startswith("/") or rest in {"/", "/:memory:"}:
            raise ValueError("name a file, such as sqlite:///headsup.db (four slashes before an absolute path)")
        return text
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        _split(text)
        return f"postgresql+psycopg://{rest}"
    raise ValueError("use sqlite:///headsup.db for one process, or postgresql://user:password@host/name for several")


def without_password(url: str) -> str:
    """Return a database address that may be shown: no password, no options."""
    found = urlsplit(url)
    if not found.netloc:
        return url.partition("?")[0]
    user = f"{found.username}@" if found.username else ""
    return urlunsplit((found.scheme, user + found.netloc.rpartition("@")[2], found.path, "", ""))


def slack_api_url(text: str) -> str:
    """Accept the address of Slack's Web API; it ends with a slash, as the SDK needs it."""
    return f"{public_url(text)}/"


def public_url(text: str) -> str:
    """Accept an address without a slash at its end: https, or plain http on this machine."""
    found = _split(text)
    if (
        found.scheme not in {"https", "http"}
        or not found.hostname
        or "@" in found.netloc
        or found.query
        or found.fragment
    ):
        raise ValueError("write a plain address such as https://headsup.example.com")
    if found.scheme == "http" and not on_loopback(text):
        raise ValueError(f"plain http would show secrets on the way; write https://{found.netloc}{found.path}")
    return text.rstrip("/")


def _split(text: str) -> SplitResult:
    try:
        found = urlsplit(text)
        _ = found.port
    except ValueError as error:
        raise ValueError("this is not an address; write one such as https://headsup.example.com") from error
    return found


def on_loopback(url: str) -> bool:
    """Tell whether an address is on this machine."""
    return is_loopback(urlsplit(url).hostname or "")


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine by its name or its number alone; nothing is looked up."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def bind_host(text: str) -> str:
    """Accept an address to listen on."""
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        if text == "localhost":
            return text
    raise ValueError("write the address to listen on: 127.0.0.1 for this machine only, 0.0.0.0 for all")


def port(text: str | int) -> int:
    """Accept a TCP port; 0 lets the system choose."""
    shown = str(text)
    if shown.isascii() and shown.isdigit() and int(shown) <= LAST_PORT:
        return int(shown)
    raise ValueError("write a number from 0 to 65535, such as 8080")


def callback_hosts(text: str) -> tuple[str, ...]:
    """Accept hosts, optionally with a port, as plain ASCII names without anything around them."""
    return tuple(dict.fromkeys(_callback_host(part) for part in parts(text)))


def _callback_host(text: str) -> str:
    wrong = f"“{text}” is not a host; write hooks.example.com or 127.0.0.1:9000, without https:// and without a path"
    if any(mark in text for mark in "/@?#* \\"):
        raise ValueError(wrong)
    try:
        url = URL(f"https://{text}")
        host, named = (url.raw_host or "").lower(), url.explicit_port
    except ValueError as error:
        raise ValueError(wrong) from error
    if ":" not in host and not _HOST.fullmatch(host):
        raise ValueError(wrong)
    host = f"[{host}]" if ":" in host else host
    return host if named is None else f"{host}:{named}"
