"""Three sample requests for the first start of the local workspace, and the system of a client that sends webhooks."""

import asyncio
import contextlib
import json
import secrets
from collections.abc import Callable

import aiohttp
from aiohttp import web
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from bot.running import Running
from bot.services import asking
from bot.workspace.driver import Driver
from bot.workspace.errors import ControlError
from bot.workspace.server import WorkspaceServer

Say = Callable[[str], None]

READY_SECONDS = 30.0
THEIR_PORT = 7790
"""Where the sample client's own system listens; it stays the same, because its address is part of their request."""

CLIENTS = ("Acme", "Beta GmbH", "Orbit Travel")
TEAM = "#requests"

ACME = (
    "Hi Northlight! We love the new site. Could you add a careers page with a small form? "
    "It would be great to have it before our fair on the 12th."
)
BETA = (
    "This is the second time that the invoice has the wrong VAT number, and our accounting refuses to pay it like "
    "this. Please send a corrected one."
)
ORBIT = (
    "Since this morning the booking page shows a blank screen on phones. We have a campaign starting at noon. "
    "Can you look at it, please?"
)


async def feed(process: Running, server: WorkspaceServer) -> bool:
    """Link two shared channels and let three requests arrive, once in the life of a workspace; tell whether it did."""
    async with asyncio.timeout(READY_SECONDS):
        await process.connected.wait()
        await process.headsup.synced.wait()
    if (await process.headsup.desk.read(asking.setup_of)).linked:
        return False
    driver = Driver.of(server.control, patience=0.3)
    await driver.slash("mira", "#acme-shared", f"/headsup client link {CLIENTS[0]}")
    await driver.slash("mira", "#beta-shared", f"/headsup client link {CLIENTS[1]}")
    await driver.say("carla", "#acme-shared", ACME)
    await driver.say("dieter", "#beta-shared", BETA)
    await _post_webhook(process)
    return True


async def sample_cards(driver: Driver) -> str:
    """Wait until the three requests stand as cards, and return the team's channel as Mira sees it.

    Who set another team channel sees whatever is there.
    """
    with contextlib.suppress(ControlError):
        for client in CLIENTS:
            await driver.until("mira", TEAM, f"· {client}", seconds=READY_SECONDS)
    return await driver.show("mira", TEAM)


async def _post_webhook(process: Running) -> None:
    """Send a signed webhook the way a client's own system does."""
    settings, serving = process.headsup.settings, process.serving
    if settings.webhook_secret is None or serving is None:
        return
    body = json.dumps(
        {
            "client": CLIENTS[2],
            "from": {"name": "Noor Haddad", "email": "noor@orbit.example"},
            "subject": "Booking page",
            "text": ORBIT,
            "thread": "orbit-1",
            "callback_url": f"http://127.0.0.1:{THEIR_PORT}/replies",
        }
    )
    ident, now = f"msg_{secrets.token_hex(8)}", process.headsup.clock.wall_now()
    headers = {
        "content-type": "application/json",
        "webhook-id": ident,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(settings.webhook_secret.get_secret_value()).sign(ident, now, body),
    }
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{serving.url}/intake/webhook", data=body.encode(), headers=headers) as answer,
    ):
        answer.raise_for_status()


async def their_system(secret: str, say: Say) -> web.AppRunner | None:
    """Listen as the client's own system: verify each reply that arrives and say it. None when the port is taken."""

    async def take(request: web.Request) -> web.Response:
        body = await request.text()
        try:
            Webhook(secret).verify(body, dict(request.headers))
        except WebhookVerificationError:
            return web.Response(status=401)
        text = json.loads(body)["data"]["text"]
        say("\nOrbit Travel's own system received your reply:\n" + "\n".join(f"  {line}" for line in text.splitlines()))
        return web.Response(status=204)

    app = web.Application()
    app.router.add_post("/replies", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", THEIR_PORT).start()
    except OSError:
        await runner.cleanup()
        return None
    return runner
