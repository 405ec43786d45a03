"""L12: no client's words and no secret in logs, message metadata, metrics or health."""

import io
import logging
from collections.abc import Iterator

import aiohttp
import pytest
import structlog

from bot.logs import set_up_logs
from tests.support.processes_client import SECRET
from tests.support.walk import ACME, Walk, until
from tests.support.walk_day import live_a_day

WORDS = "grandmothers teapot"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that is logged, at the most talkative level."""
    handlers, level, stream = logging.root.handlers[:], logging.root.level, io.StringIO()
    set_up_logs(level="debug", stream=stream)
    yield stream
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    structlog.reset_defaults()


async def test_a_whole_day_with_trouble_leaves_no_words_and_no_secrets_behind(logged: io.StringIO, walk: Walk):
    for kind in ("http_500", "lost_answer", "closed", "rate_limited"):
        walk.control.fault("chat.postMessage", kind)
        walk.control.fault("chat.update", kind)
    walk.control.fault("views.open", "error", error="internal_error")
    await walk.control.slash("@mira", "/headsup", f"new {WORDS}")
    await live_a_day(walk, f"Where are my {WORDS}?", name=f"Orbit {WORDS}")
    await _provoke(walk)
    async with aiohttp.ClientSession(walk.url) as client:
        shown = [await (await client.get(path)).text() for path in ("/metrics", "/readyz", "/healthz")]
    await walk.stop()

    log = logged.getvalue()
    assert len(log.splitlines()) > 10, "something was logged"
    for where, what in {"the log": log, "metrics and health": "\n".join(shown)}.items():
        assert WORDS not in what, f"a client's words in {where}"
        assert "teapot" not in what, f"a client's words in {where}"
    secrets = (walk.server.bot_token, walk.server.app_token, walk.server.signing_secret, SECRET)
    for secret in secrets:
        assert secret not in log
        assert secret not in str(shown)


async def _provoke(walk: Walk) -> None:
    """Make services and handlers fail with a client's words in their hands."""
    verb = walk.headsup.desk._again_if_others_won

    def fails(call):
        raise ValueError(f"{WORDS}: {call}")

    walk.headsup.desk._again_if_others_won = fails  # type: ignore[method-assign]
    walk.control.say("@carla", ACME, f"One more word about the {WORDS}.")
    await walk.control.slash("@mira", "/headsup", f"status {WORDS}")
    with pytest.raises(aiohttp.ClientResponseError):
        await walk.orbit.ask(walk.url, WORDS)
    walk.headsup.desk._again_if_others_won = verb  # type: ignore[method-assign]
    await until(
        lambda: any("One more word" in str(m) for m in walk.control.messages("#requests")), "the word to arrive"
    )


async def test_message_metadata_holds_ids_alone(walk: Walk):
    await live_a_day(walk, f"Where are my {WORDS}?", name=f"Orbit {WORDS}")
    found = [entry.args["metadata"] for entry in walk.server.journal.calls() if entry.args.get("metadata")]
    assert len(found) > 10
    assert not any("teapot" in str(metadata) for metadata in found)
