"""What is not Python but belongs to the product is installed with it."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
GENERATED = {".pyc", ".pyo"}


def test_every_file_beside_the_code_is_installed():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    installed = {
        path
        for package, patterns in settings["package-data"].items()
        for pattern in patterns
        for path in (ROOT / package.replace(".", "/")).glob(pattern)
    }
    beside = {
        path
        for package in ("bot", "handlers")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix not in {".py", *GENERATED} and path.name != "py.typed"
    }
    assert {str(path.relative_to(ROOT)) for path in beside - installed} == set()
