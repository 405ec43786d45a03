"""Tokens, scopes, arguments and files: what the workspace refuses before it does anything."""

import time

import aiohttp
import pytest
from slack_helpers import refused, slack_client

from bot.workspace.errors import ControlError
from bot.workspace.server import WorkspaceServer


async def test_each_token_opens_its_own_methods_only(server, client):
    app_client = slack_client(server, server.app_token)
    assert (await refused(app_client.auth_test()))["error"] == "not_allowed_token_type"
    problem = await refused(client.apps_connections_open(app_token=server.bot_token))
    assert problem["error"] == "not_allowed_token_type"
    assert (await refused(slack_client(server, "xoxb-wrong").auth_test()))["error"] == "invalid_auth"
    opened = await app_client.apps_connections_open(app_token=server.app_token)
    assert opened["url"].startswith("ws://127.0.0.1:")


async def test_a_call_without_a_token_or_with_the_app_token_in_the_body_is_not_authed(server):
    async with aiohttp.ClientSession() as http:
        answer = await (await http.post(server.api_url + "auth.test")).json()
        assert answer == {"ok": False, "error": "not_authed"}
        form = {"token": server.app_token}
        answer = await (await http.post(server.api_url + "apps.connections.open", data=form)).json()
        assert answer["error"] == "not_authed"
        answer = await (await http.post(server.api_url + "auth.test", data={"token": server.bot_token})).json()
        assert answer["ok"] is True


async def test_a_missing_scope_is_named_with_those_that_are_there(make_server):
    server = await make_server(scopes=["chat:write", "channels:read"])
    client = slack_client(server)
    channel = server.core.state.channel("#requests").id
    await client.chat_postMessage(channel=channel, text="x")
    problem = await refused(client.conversations_history(channel=channel))
    assert problem["error"] == "missing_scope"
    assert problem["needed"] == "channels:history"
    assert problem["provided"] == "channels:read,chat:write"
    assert (await refused(client.users_info(user="U0")))["needed"] == "users:read"


async def test_arguments_are_read_from_forms_queries_and_json_and_checked(server, client):
    channel = server.core.state.channel("#requests").id
    form = {"channel": channel, "text": "x", "blocks": '[{"type": "divider"}]'}
    assert (await client.api_call("chat.postMessage", data=form))["ok"]
    problem = await refused(client.chat_postMessage(channel=channel, text="x", txt="typo"))
    assert (problem["error"], problem["errors"]) == (
        "invalid_arguments",
        ["[ERROR] unknown argument [json-pointer:/txt]"],
    )
    problem = await refused(client.conversations_history(channel=channel, limit="many"))
    assert problem["errors"] == ["[ERROR] must be int [json-pointer:/limit]"]
    problem = await refused(client.api_call("conversations.info", params={}))
    assert problem["errors"] == ["[ERROR] missing required field [json-pointer:/channel]"]
    assert [entry.name for entry in server.journal.refusals] == [
        "chat.postMessage",
        "conversations.history",
        "conversations.info",
    ]


async def test_unknown_methods_and_broken_json_are_refused(server, client):
    assert (await refused(client.api_call("chat.shout")))["error"] == "unknown_method"
    async with aiohttp.ClientSession() as http:
        headers = {"Authorization": f"Bearer {server.bot_token}", "Content-Type": "application/json"}
        for body in ("{", "[]"):
            answer = await (await http.post(server.api_url + "chat.postMessage", data=body, headers=headers)).json()
            assert answer == {"ok": False, "error": "invalid_json"}


async def test_the_journal_keeps_calls_and_answers_but_no_token(server, client):
    await client.auth_test()
    (call,) = server.journal.calls("auth.test")
    assert call.answer["ok"] is True
    assert call.ms > 0
    assert server.bot_token not in str(call.to_json())


@pytest.mark.parametrize(("verb", "error"), [("revoke_tokens", "token_revoked"), ("uninstall", "account_inactive")])
async def test_a_revoked_token_and_a_removed_app_are_told_apart(server, client, verb, error):
    getattr(server.control, verb)()
    assert (await refused(client.auth_test()))["error"] == error
    server.control.reinstall()
    assert (await client.auth_test())["ok"]


async def test_a_file_opens_with_the_token_only_and_asks_others_to_sign_in(server, client):
    files = [{"name": "shot.png", "mimetype": "image/png", "content": b"\x89PNG"}]
    server.control.say("@carla", "#acme-shared", "look", files=files)
    shown = server.control.messages("#acme-shared")[-1]["files"][0]
    info = (await client.files_info(file=shown["id"]))["file"]
    assert (info["name"], info["size"], info["mimetype"]) == ("shot.png", 4, "image/png")
    async with aiohttp.ClientSession() as http:
        page = await http.get(info["url_private"])
        assert (page.status, page.content_type) == (200, "text/html")
        headers = {"Authorization": f"Bearer {server.bot_token}"}
        real = await http.get(info["url_private"], headers=headers)
        assert (await real.read(), real.content_type) == (b"\x89PNG", "image/png")
    server.control.remove("#acme-shared", "@headsup")
    assert (await refused(client.files_info(file=shown["id"])))["error"] == "file_not_found"


async def test_blocks_can_be_judged_without_sending_them(server, client):
    assert (await client.blocks_validate(blocks=[{"type": "divider"}]))["ok"]
    problem = await refused(client.blocks_validate(blocks=[{"type": "rainbow"}]))
    assert problem["error"] == "invalid_blocks"
    assert {"pointer", "code", "message"} <= problem["errors"][0].keys()
    assert (await refused(client.blocks_validate()))["error"] == "invalid_arguments"
    assert server.journal.refusals == []


async def test_it_is_for_this_machine_only(server):
    with pytest.raises(ControlError, match="loopback only"):
        WorkspaceServer(time.time, host="0.0.0.0")  # noqa: S104 (which is refused)
    async with aiohttp.ClientSession() as http:
        form = {"token": server.bot_token}
        for headers in ({"Host": "rebound.example"}, {"Origin": "https://rebound.example"}):
            assert (await http.post(server.api_url + "auth.test", data=form, headers=headers)).status == 403
