"""How a client's words reach Headsup in a trial: said in the shared channel, or posted as a signed webhook."""

import asyncio
import contextlib
import json
from base64 import b64encode
from datetime import datetime

import aiohttp
from standardwebhooks import Webhook

from bot.running import Running
from bot.trial.outside import Systems
from bot.trial.scenario import Line, Scenario
from bot.workspace.models import JSON
from bot.workspace.server import WorkspaceServer

PATIENCE = 10.0
"""Seconds (real) that a card gets to appear, in which a fault may be on; then the next line comes all the same."""


class Arriving:
    """The clients' side of a scenario."""

    def __init__(self, process: Running, server: WorkspaceServer, scenario: Scenario, systems: Systems) -> None:
        self._process, self._server = process, server
        self._scenario, self._systems = scenario, systems

    async def arrive(self, line: Line) -> int:
        """Let a line come in and wait for its card, so that it stands at its time; return the request's number.

        0 when no card came, or when the line opens no request. A webhook's identity is the line's, and words that
        stand in the channel already are not said again, so this may be repeated after a crash.
        """
        kind = "card:" if line.opens else "mirror:"
        before = self._posted(kind)
        if line.client.channel:
            self._say(line)
        else:
            await self._post(line)
        if line.joins:  # the card of the line that it joins changes, and nothing new is posted
            await self._server.control.settle(quiet=0.1, timeout=PATIENCE)
            return 0
        number = await self._new(kind, before)
        return number if line.opens else 0

    def _say(self, line: Line) -> None:
        if self._stands(line) is not None:
            return
        start = self._stands(self._scenario.line(line.follows)) if line.follows else None
        files = [{"name": one.name, "mimetype": one.type, "content": one.content} for one in line.enclosed]
        self._server.control.say(line.by.name, f"#{line.client.channel}", line.text, thread_ts=start, files=files)

    def _stands(self, line: Line) -> str | None:
        """Return the ts of a line in its channel, None when it was not said there."""
        state = self._server.core.state
        user = state.user(line.by.name).id
        for message in state.logs[state.channel(line.client.channel).id].messages.values():
            if message.body.get("user") == user and message.body.get("text") == line.text:
                return message.ts
        return None

    async def _post(self, line: Line) -> None:
        """Send the webhook the way a client's own system does: the real time is signed, whatever the clock says."""
        settings, serving = self._process.headsup.settings, self._process.serving
        if settings.webhook_secret is None or serving is None:
            return
        body = json.dumps(self._body(line), ensure_ascii=False)
        ident, now = f"msg_{line.id}", self._process.headsup.clock.wall_now()
        headers = {
            "content-type": "application/json",
            "webhook-id": ident,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._sign(settings.webhook_secret.get_secret_value(), ident, now, body),
        }
        async with (
            aiohttp.ClientSession(trust_env=False) as session,
            session.post(f"{serving.url}/intake/webhook", data=body.encode(), headers=headers) as answer,
        ):
            answer.raise_for_status()

    def _sign(self, secret: str, ident: str, now: datetime, body: str) -> str:
        return str(Webhook(secret).sign(ident, now, body))

    def _body(self, line: Line) -> JSON:
        client, by = line.client, line.by
        body: JSON = {
            "client": client.name,
            "from": {"name": by.full, "email": f"{by.name}@{client.domain}.example"},
            "subject": line.subject,
            "text": line.text,
            "thread": line.follows or line.joins or line.id,
            "callback_url": self._systems.address(client.system),
            "attachments": [
                {"name": one.name, "type": one.type, "base64": b64encode(one.content).decode()} for one in line.enclosed
            ],
        }
        return body | ({"language": client.language} if client.language else {})

    def _posted(self, kind: str) -> set[int]:
        """Return the numbers in the keys of what stands in the team's channel and its threads: "card:7" is 7."""
        channel = self._process.headsup.known.team_channel or ""
        log = self._server.core.state.logs.get(channel)
        keys = [_key(message.metadata) for message in log.messages.values()] if log else []
        return {int(key.removeprefix(kind)) for key in keys if key.startswith(kind)}

    async def _new(self, kind: str, before: set[int]) -> int:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while not (new := self._posted(kind) - before):
                    await self._server.control.wait(self._server.core.state.version, timeout=1)
                return min(new)
        return 0


def _key(metadata: JSON | None) -> str:
    return str(((metadata or {}).get("event_payload") or {}).get("key", ""))
