"""What is said of settings that are wrong."""

from pathlib import Path

import pytest

from bot.config import load_settings
from bot.errors import ConfigurationError


def problems(file: Path | None = None, **env: str) -> tuple[str, ...]:
    """Return the sentences about an environment, and a file beside it, that are refused."""
    with pytest.raises(ConfigurationError) as caught:
        load_settings(env, file)
    return caught.value.facts["problems"]
