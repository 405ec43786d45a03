"""A small app with a card, a form, a command and a Home tab: something for the driver's hands to use."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_helpers import bolt_app, slack_client
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import WorkspaceServer

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(text: str) -> Json:
    return {"text": plain(text), "value": text.lower()}


def button(text: str, action_id: str) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": "142"}


def card(owner: str) -> Json:
    buttons = [button("Reply", "reply"), button("Close", "close")]
    more = {"type": "overflow", "action_id": "more", "options": [option("Park"), option("Hand over")]}
    category = {
        "type": "static_select",
        "action_id": "category",
        "placeholder": plain("Category"),
        "options": [option("Support"), option("Billing")],
    }
    return {
        "text": f"#142 owned by {owner}",
        "blocks": [
            {"type": "section", "text": plain(f"#142 owned by {owner}"), "accessory": category},
            {"type": "actions", "elements": [button("Claim", "claim"), *buttons, more]},
        ],
    }


def form() -> Json:
    return {
        "type": "modal",
        "callback_id": "reply",
        "title": plain("Reply to Acme"),
        "submit": plain("Send"),
        "close": plain("Not now"),
        "blocks": [
            {
                "type": "input",
                "block_id": "text",
                "label": plain("Reply"),
                "element": {"type": "plain_text_input", "action_id": "text", "multiline": True},
            },
            {
                "type": "input",
                "block_id": "when",
                "label": plain("When"),
                "optional": True,
                "element": {"type": "datetimepicker", "action_id": "at"},
            },
            {
                "type": "input",
                "block_id": "kind",
                "label": plain("Kind"),
                "optional": True,
                "element": {
                    "type": "static_select",
                    "action_id": "kind",
                    "options": [option("You will hear"), option("You will have")],
                },
            },
            {"type": "actions", "block_id": "extra", "elements": [button("Make it shorter", "shorter")]},
        ],
    }


def history() -> Json:
    """A window that is only read: it has no button that sends it."""
    rows = [
        {"type": "section", "text": plain("Nobody has touched it.")},
        {"type": "actions", "elements": [button("Show more", "shorter")]},
    ]
    return {"type": "modal", "callback_id": "history", "title": plain("What happened"), "blocks": rows}


class SmallApp:
    """Remembers what it was sent, so that tests can look."""

    def __init__(self, client: AsyncWebClient) -> None:
        self.client = client
        self.submitted: list[Json] = []
        self.actions: list[Json] = []

    def register(self, app: AsyncApp) -> None:
        app.event("message")(self.on_message)
        app.event("app_home_opened")(self.on_home)
        app.action("reply")(self.on_reply)
        app.action("claim")(self.on_claim)
        app.action("more")(self.on_choice)
        app.action("category")(self.on_choice)
        app.action("shorter")(self.on_shorter)
        app.action("close")(self.on_nothing)
        app.view("reply")(self.on_submit)
        app.command("/headsup")(self.on_command)
        app.shortcut("new_request")(self.on_shortcut)
        app.shortcut("history")(self.on_history)

    async def on_message(self, event: Json) -> None:
        if event.get("channel_type") == "channel" and not event.get("thread_ts"):
            await self.client.chat_postMessage(channel="#requests", **card("nobody"))

    async def on_home(self, event: Json) -> None:
        view = {"type": "home", "blocks": [{"type": "header", "text": plain("My queue")}]}
        await self.client.views_publish(user_id=event["user"], view=view)

    async def on_claim(self, ack: Any, body: Json) -> None:
        await ack()
        changed = card(body["user"]["name"])
        await self.client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], **changed)

    async def on_reply(self, ack: Any, body: Json) -> None:
        await ack()
        await self.client.views_open(trigger_id=body["trigger_id"], view=form())

    async def on_history(self, ack: Any, body: Json) -> None:
        await ack()
        await self.client.views_open(trigger_id=body["trigger_id"], view=history())

    async def on_choice(self, ack: Any, action: Json, body: Json) -> None:
        await ack()
        self.actions.append(action)
        said = f"You chose {action['selected_option']['text']['text']}"
        await self.client.chat_postEphemeral(channel=body["channel"]["id"], user=body["user"]["id"], text=said)

    async def on_shorter(self, ack: Any, body: Json) -> None:
        await ack()
        shorter = {**form(), "title": plain("A shorter reply")}
        await self.client.views_update(view_id=body["view"]["id"], view=shorter)

    async def on_nothing(self, ack: Any) -> None:
        await ack()

    async def on_submit(self, ack: Any, view: Json) -> None:
        values = view["state"]["values"]
        if values["text"]["text"]["value"] == "soon":
            await ack(response_action="errors", errors={"text": "“Soon” is no time."})
            return
        self.submitted.append(values)
        await ack()

    async def on_command(self, ack: Any, command: Json) -> None:
        await ack(f"You asked for {command['text'] or 'nothing'}")

    async def on_shortcut(self, ack: Any, body: Json) -> None:
        await ack()
        await self.client.views_open(trigger_id=body["trigger_id"], view=form())


@asynccontextmanager
async def connected(server: WorkspaceServer) -> AsyncIterator[SmallApp]:
    """The small app on a workspace, over its WebSocket."""
    app, small = bolt_app(server, process_before_response=False), SmallApp(slack_client(server))
    small.register(app)
    handler = AsyncSocketModeHandler(
        app, app_token=server.app_token, web_client=slack_client(server, server.app_token), ping_interval=1
    )
    handler.client.proxy = None
    await handler.connect_async()
    await server.control.wait_connected()
    try:
        yield small
    finally:
        await handler.close_async()
