import json
from datetime import date
from pathlib import Path

import pytest

from bot.errors import HeadsupError
from bot.trial.memory import Memory


def test_a_new_folder_remembers_nothing(tmp_path: Path):
    memory = Memory.of(tmp_path / "trial.json")
    assert (memory.scenario, memory.evening, memory.done, memory.ended) == ("", None, [], False)
    assert not memory.path.exists()


def test_what_is_marked_is_remembered_at_once(tmp_path: Path):
    memory = Memory.of(tmp_path / ".headsup" / "trial.json")
    memory.scenario, memory.evening = "morning", date(2026, 11, 23)
    memory.mark("acme-banner")
    memory.mark("beta-flyer")
    assert Memory.of(memory.path) == memory
    assert memory.done == ["acme-banner", "beta-flyer"]
    assert list(memory.path.parent.iterdir()) == [memory.path]


@pytest.mark.parametrize("kept", ["", "{", "[]", "{}", '{"scenario": "morning", "evening": "soon"}'])
def test_a_memory_that_cannot_be_read_is_a_sentence_and_not_a_new_beginning(tmp_path: Path, kept: str):
    path = tmp_path / "trial.json"
    path.write_text(kept, encoding="utf-8")
    with pytest.raises(HeadsupError, match=r"cannot be read\. Remove the folder .* to begin the trial anew"):
        Memory.of(path)


def test_a_draft_that_a_crash_left_behind_is_no_memory(tmp_path: Path):
    memory = Memory.of(tmp_path / "trial.json")
    memory.mark("acme-banner")
    (tmp_path / "trial.new").write_text('{"scena', encoding="utf-8")
    assert Memory.of(memory.path).done == ["acme-banner"]
    assert json.loads(memory.path.read_text(encoding="utf-8"))["evening"] is None
