"""L8: a client's words never become mentions, links or formatting of ours: looked at in the JSON that Slack got."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.walk import ACME, BETA, Walk
from tests.support.walk_day import live_a_day
from tests.support.walk_seeing import nodes_of, sent_to_slack

MARK = "zq7"
"""Stands in every hostile text, so that its places can be found."""

MARKUP = (
    "# <!channel> <!here|x> <!everyone> <@U0AAAAAAA> <!subteam^S1|@all> <#C0AAAAAAA|general> @here",
    "<https://evil.example|#> [#](https://evil.example) <mailto:a@b.example|#> https://evil.example/#",
    "*#* _#_ ~#~ `#` ```#``` > # :tada: &lt;b&gt; • #",
    "<!date^1795420800^{date_short_pretty} at {time}|#> {{ # }} {% raw %} ${#}",
    "1&request=1&suggestion=# %26 1&promise=1 \"}]' OR 1=1 --#",
)
CONTROLS = (
    "#\u202eevil\u202c \u0007\u001b[31m # \u2028 \ufeff \u200b #\u0301 \U000e0041",
    "#\r\nBcc: all@evil.example\r\n\r\n<script>alert('#')</script><img src=x onerror=1>",
)
HOSTILE = {"markup": "\n".join(MARKUP), "controls": "\n".join(CONTROLS), "long": "# <!channel> *b* " * 400}

OURS = re.compile(
    r"<!date\^\d+\^(?:[a-z, ]*\{date_short_pretty\} at \{time\}|\{time_secs\}|\{ago\})\|[^<>|]*>"
    r"|<@U[A-Z0-9]+>|<#C[A-Z0-9]+>"
)
"""The only things between angle brackets that we write; client-made ones would be escaped."""

ALIVE = frozenset({"user", "usergroup", "channel", "broadcast", "link", "emoji", "color", "team"})
"""Rich-text elements that do something."""


def wrong_places(name: str, payload: dict[str, Any], people: set[str], clients: set[str]) -> list[str]:
    """Return where in a payload a client's words do something.

    In a client's own channel the approved words may hold an address, which reads as itself.
    """
    nodes = list(nodes_of(payload["blocks"]))
    if payload.get("channel") in clients:
        nodes = [node for node in nodes if node.get("type") != "link" or "text" in node]
        nodes = [{**node, "elements": ()} if "link" in str(node) else node for node in nodes]
    found = [f"{name}: {why}" for node in nodes for why in _wrong(node, people)]
    if "<" in OURS.sub("", str(payload.get("text") or "")):
        found.append(f"{name}: brackets in the fallback {payload['text'][:200]!r}")
    if payload.get("mrkdwn") or payload.get("parse") or payload.get("link_names") or payload.get("unfurl_links"):
        found.append(f"{name}: linking was switched on")
    return found


def _wrong(node: dict[str, Any], people: set[str]) -> Iterator[str]:
    kind, words, whole = node.get("type"), str(node.get("text", "")), str(node)
    if kind == "mrkdwn" and (MARK in words or "<" in OURS.sub("", words)):
        yield f"mrkdwn {words[:200]!r}"
    if kind == "plain_text" and MARK in words and node.get("emoji") is not False:
        yield f"emoji are read in {words[:200]!r}"
    if kind in {"markdown", "table", "image", "video", *ALIVE} and MARK in whole:
        yield f"words do something in {whole[:200]}"
    if kind in {"usergroup", "broadcast", "channel"} or (kind == "user" and node["user_id"] not in people):
        yield f"a mention: {whole}"
    if any(MARK in str(node.get(place, "")) for place in ("value", "url", "action_id", "block_id")):
        yield f"words in a value: {whole[:200]}"


@pytest.mark.parametrize("case", HOSTILE)
async def test_hostile_words_are_only_words_everywhere(walk: Walk, case: str):
    words = HOSTILE[case].replace("#", MARK)
    named = " ".join(words.split())[:70]
    walk.control.set_user("@carla", real_name=f"Carla {MARK} *b* <!here>")
    await live_a_day(walk, words, name=named)
    people = {user["id"] for user in walk.control.state()["users"]}
    clients = {walk.id(ACME), walk.id(BETA)}
    sent = sent_to_slack(walk.server.journal)
    assert sum(MARK in str(payload["blocks"]) for _, payload in sent) > 20, "the words were looked at"
    wrong = [place for name, payload in sent for place in wrong_places(name, payload, people, clients)]
    assert wrong == []
