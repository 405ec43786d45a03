"""Where a running workspace is: a small file that the one who runs it writes and the command line reads."""

import json
import os
from pathlib import Path
from typing import Final

from bot.workspace.errors import ControlError

ADDRESS_FILE: Final = Path(".headsup/workspace.json")
"""Below the directory in which the workspace was started."""


def write_address(url: str, path: Path = ADDRESS_FILE) -> None:
    """Note the address; a reader never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps({"url": url, "pid": os.getpid()}), encoding="utf-8")
    draft.replace(path)


def read_address(path: Path = ADDRESS_FILE) -> str:
    """The noted address; ControlError says how to start a workspace when there is none."""
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["url"])
    except (OSError, ValueError, KeyError, TypeError):
        raise ControlError(
            "no workspace runs here; start one with `headsup workspace` or `make run`, or give its address with --url"
        ) from None


def forget_address(path: Path = ADDRESS_FILE) -> None:
    """Remove the note when it is this process's own."""
    try:
        mine = json.loads(path.read_text(encoding="utf-8"))["pid"] == os.getpid()
    except (OSError, ValueError, KeyError, TypeError):
        return
    if mine:
        path.unlink(missing_ok=True)
