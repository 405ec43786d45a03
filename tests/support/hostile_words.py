"""Words that mean nothing to any command: what a script, a paste or a hand that slipped may put in place of a word."""

HOSTILE = {
    "empty": "",
    "blank": "  ",
    "long": "x" * 10_000,
    "digits": "9" * 10_000,
    "many words": "no such " * 1_250,
    "nul": "a\0b",
    "emoji": "\N{GRINNING FACE}",
    "half a surrogate": "a\ud800b",
    "bytes that are no text": "a\udcffb",
    "two dashes": "--",
    "a path": "../../etc/passwd",
}
"""By what they are."""
