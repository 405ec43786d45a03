"""The bytes of what arrived, to be stored before anyone looks at them."""

import json
from typing import Any


def raw_of(payload: Any) -> bytes:
    """Return a payload as JSON, the same bytes for the same payload; halves of characters stay escaped."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":")).encode()
