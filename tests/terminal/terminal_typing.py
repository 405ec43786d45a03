"""Typing commands, as tests do it."""

from collections.abc import Callable

Type = Callable[..., str]
"""Type the words after `headsup calendar`; what it says."""
