"""What a log may say of a failure: its kind and place. An exception's own words can be a client's, a payload's."""

import traceback
from pathlib import PurePath


def told(problem: BaseException) -> str:
    """Such as: KeyError at words.py:41, in _tag."""
    frames = traceback.extract_tb(problem.__traceback__)
    where = f" at {PurePath(frames[-1].filename).name}:{frames[-1].lineno}, in {frames[-1].name}" if frames else ""
    return f"{type(problem).__name__}{where}"
