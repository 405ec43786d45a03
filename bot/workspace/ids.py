"""Identifiers and tokens that look like Slack's and are the same on every machine."""

import hashlib
import string

_ALPHABET = string.digits + string.ascii_uppercase
_LENGTH = 10


def _digits(seed: str, length: int, alphabet: str) -> str:
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest(), "big")
    out = []
    for _ in range(length):
        number, rest = divmod(number, len(alphabet))
        out.append(alphabet[rest])
    return "".join(out)


def make_id(prefix: str, seed: str) -> str:
    """An id such as U0ABC123XYZ: the prefix, a zero, then digits and capitals that follow from the seed."""
    return f"{prefix}0{_digits(prefix + seed, _LENGTH - 1, _ALPHABET)}"


def make_secret(seed: str, length: int = 24) -> str:
    """Letters and digits for tokens and URLs; the workspace guards play things, so they may be predictable."""
    return _digits(seed, length, string.ascii_letters + string.digits)


def make_block_id(seed: str) -> str:
    """The five characters that Slack gives to a block without a block_id."""
    return _digits("block" + seed, 5, string.ascii_letters + string.digits)
