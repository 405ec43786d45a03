"""Where replies may be sent by webhook: only to listed hosts, spelled in the one way that cannot be misread."""

import re
from collections.abc import Collection

LONGEST_URL = 2048

_URL = re.compile(
    r"(?P<scheme>https?)://"
    r"(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?"
    r"(?P<rest>[/?][\x21-\x7e]*)?",
    re.IGNORECASE,
)
_USUAL = {"https": "443", "http": "80"}


def why_not_called(url: str, hosts: Collection[str]) -> str | None:
    """Return why a callback address is refused, as a sentence; None when it may be called.

    `hosts` are lower-case ASCII names, with a port or meaning the usual one. The pattern is far stricter than what a
    URL may be: no user part, no backslash, nothing outside ASCII, no fragment. So no two parsers can disagree about
    the host. Plain http is for this machine alone.
    """
    match = _URL.fullmatch(url) if len(url) <= LONGEST_URL else None
    if match is None or "#" in url or "\\" in url:
        return "write a plain address such as https://hooks.example.com/headsup (other alphabets in their xn-- form)"
    scheme, host, port = match["scheme"].lower(), match["host"].lower(), match["port"]
    named = f"{host}:{port or _USUAL[scheme]}"
    listed = {entry if _has_port(entry) else f"{entry}:443" for entry in hosts}
    if named not in listed:
        return f"{host}{f':{port}' if port else ''} is not listed in WEBHOOK_CALLBACK_HOSTS"
    if scheme == "http" and not _on_this_machine(host):
        return "plain http would show the reply on the way; use https"
    return None


def _has_port(entry: str) -> bool:
    return re.search(r":\d+$", entry.rpartition("]")[2] if entry.startswith("[") else entry) is not None


def _on_this_machine(host: str) -> bool:
    return host in {"localhost", "[::1]"} or re.fullmatch(r"127(\.\d{1,3}){3}", host) is not None
