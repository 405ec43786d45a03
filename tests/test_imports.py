from pathlib import Path

import pytest

from tests.import_law import ALLOWED, SIBLINGS, breaches

ROOT = Path(__file__).parents[1]


def test_imports_go_one_way_and_each_means_has_its_place():
    found = breaches(ROOT)
    assert not found, "\n" + "\n".join(found)


def test_every_part_of_the_law_exists_or_is_a_plain_name():
    for part in (*ALLOWED, *SIBLINGS):
        assert part.split(".")[0] in {"bot", "handlers"}


@pytest.mark.parametrize(
    ("file", "code", "why"),
    [
        ("handlers/claiming.py", "from bot.store import engine", "handlers may import"),
        (
            "handlers/claiming.py",
            "from slack_sdk.web.async_client import AsyncWebClient",
            "only bot/outbound/ calls out",
        ),
        ("bot/web/app.py", "from bot.outbound.webhook import WebhookWay", "bot.web may import"),
        (
            "bot/web/app.py",
            "import aiohttp\nasync def f():\n    aiohttp.ClientSession()",
            "only bot/outbound/ calls out",
        ),
        ("bot/services/claiming.py", "def f():\n    from bot.blocks import card", "bot.services may import"),
        ("bot/services/claiming.py", "from ..outbound import slack", "bot.services may import"),
        ("bot/services/claiming.py", "from .. import blocks", "bot.services may import"),
        ("bot/services/claiming.py", "import slack_bolt", "only the edges know Bolt"),
        ("bot/services/claiming.py", "import sqlmodel", "the database is reached only in bot/store/"),
        ("bot/cli.py", "import sqlite3", "the database is reached only in bot/store/"),
        ("bot/scheduler.py", "import bot.store.engine", "bot.scheduler may import"),
        ("bot/store/rows.py", "from bot.services import context", "bot.store may import"),
        ("bot/domain/requests.py", "import pydantic", "the standard library alone"),
        ("bot/domain/requests.py", "from bot.suggest import drafts", "bot.domain may import nothing of ours"),
        ("bot/workspace/server.py", "import bot.errors", "bot.workspace may import nothing of ours"),
        ("bot/blocks/card.py", "import os\nx = os.environ['A']", "only bot/config/ looks at the environment"),
        ("bot/blocks/card.py", "from os import getenv as g", "only bot/config/ looks at the environment"),
        ("bot/web/app.py", "import time as t\nx = t.monotonic()", "only bot/clock.py reads the time"),
        ("bot/web/app.py", "from datetime import datetime as dt\nx = dt.now", "only bot/clock.py reads the time"),
        ("bot/web/app.py", "import datetime\nx = datetime.datetime.utcnow()", "only bot/clock.py reads the time"),
        ("bot/web/app.py", "from time import time", "only bot/clock.py reads the time"),
        ("bot/web/app.py", "__import__('bot.store')", "an import must be visible as one"),
        ("bot/web/app.py", "import importlib\nimportlib.import_module('bot.store')", "an import must be visible"),
        ("bot/novelty.py", "x = 1", "has no place in the import law"),
    ],
)
def test_the_law_finds_a_planted_breach(tmp_path, file, code, why):
    plant(tmp_path, file, code)
    found = breaches(tmp_path)
    assert len(found) == 1
    assert found[0].startswith(file)
    assert why in found[0]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("handlers/claiming.py", "from bot.services.claiming import claim_request\nfrom bot.blocks.ids import CLAIM"),
        ("bot/services/claiming.py", "from bot.outbound.base import Way\nfrom bot.store import queues"),
        ("bot/config/settings.py", "from bot.config import rules\nimport os\nx = os.environ"),
        ("bot/config/rules.py", "from bot.config.env_file import x"),
        ("bot/clock.py", "import time\nx = time.time"),
        ("bot/workspace/server.py", "import sqlite3, time\nx = time.time()\nfrom bot.workspace import state"),
        ("bot/wiring.py", "from bot.workspace import server\nfrom bot.store import engine\nimport handlers"),
        (
            "bot/web/app.py",
            "from aiohttp import web\nfrom datetime import datetime\nx = datetime.fromisoformat('2026')",
        ),
        ("bot/store/leases.py", "import sqlalchemy\nfrom sqlalchemy import func\nx = func.now()"),
    ],
)
def test_the_law_leaves_what_it_allows_alone(tmp_path, file, code):
    plant(tmp_path, file, code)
    assert breaches(tmp_path) == []


def plant(root, file, code):
    path = root / file
    path.parent.mkdir(parents=True)
    path.write_text(code)
