"""Slack's Web API as we use it: one client without retries on writes, and its errors in our words."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import (
    AmbiguousSendError,
    LockedOutError,
    PermanentSendError,
    SendError,
    TemporarySendError,
)

TIMEOUT_SECONDS = 10
SLACK_URL = "https://slack.com/api/"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

LOCKED_OUT = frozenset({"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"})
NOT_SENT_YET = frozenset({"ratelimited", "rate_limited", "service_unavailable", "team_added_to_org"})
UNKNOWABLE = frozenset({"internal_error", "fatal_error", "request_timeout"})
"""Slack says these after it may have done the work (docs: /reference/methods/chat.postMessage, errors)."""

TAKE_FORMS = frozenset(
    {
        "conversations.history",
        "conversations.info",
        "conversations.list",
        "conversations.members",
        "conversations.replies",
        "dnd.teamInfo",
        "files.info",
        "users.info",
    }
)
"""Reading methods: Slack takes JSON for writing ones only (docs: /apis/web-api, "POST bodies")."""

SENTENCES = {
    "channel_not_found": "Slack does not know that channel, or Headsup is not in it.",
    "not_in_channel": "Headsup is not in that channel. Invite it, then send again.",
    "is_archived": "That channel is archived.",
    "user_not_found": "Slack does not know that person any more.",
    "user_disabled": "That person's account is switched off.",
    "cannot_dm_bot": "A bot cannot get direct messages.",
    "messages_tab_disabled": "Headsup may not send direct messages: switch on the Messages tab of the app.",
    "missing_scope": "The Slack app lacks a permission. Run `headsup doctor`.",
    "restricted_action": "This Slack workspace does not let Headsup post there.",
    "msg_too_long": "Slack says the message is too long.",
    "invalid_blocks": "Slack refused how the message was built.",
}


def build_client(token: str | None, *, base_url: str = SLACK_URL) -> AsyncWebClient:
    """Build a client that sends once: the SDK's default handler posts twice when an answer is lost.

    A server on loopback is reached directly (the SDK ignores NO_PROXY).
    """
    base = base_url.rstrip("/") + "/"
    client = AsyncWebClient(token=token, base_url=base, timeout=TIMEOUT_SECONDS, retry_handlers=[])
    if urlsplit(base).hostname in LOOPBACK:
        client.proxy = None
    return client


async def call(client: AsyncWebClient, method: str, **arguments: Any) -> dict[str, Any]:
    """Call one Web API method and return its answer, or raise one of our send errors (specs: Slack's error names)."""
    given = {name: value for name, value in arguments.items() if value is not None}
    try:
        if method in TAKE_FORMS:
            answer = await client.api_call(method, data=given)
        else:
            answer = await client.api_call(method, json=given)
    except SlackApiError as error:
        raise translate(method, error) from error
    except (aiohttp.ClientConnectorError, aiohttp.ClientConnectorDNSError) as error:
        raise TemporarySendError("Slack cannot be reached.", method=method) from error
    except (aiohttp.ClientError, TimeoutError, asyncio.IncompleteReadError, SlackClientError) as error:
        raise AmbiguousSendError(method=method) from error
    data = answer.data
    return data if isinstance(data, dict) else {}


def translate(method: str, error: SlackApiError) -> SendError:
    """Return what an error answer means for whoever wanted to send."""
    response = error.response
    status = getattr(response, "status_code", 200)
    data = getattr(response, "data", None)
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == 429 or code in {"ratelimited", "rate_limited"}:  # noqa: PLR2004 - HTTP's own number
        wait = float(response.headers.get("Retry-After", "1"))
        return TemporarySendError("Slack asked us to slow down.", retry_after=wait, method=method, code=code)
    if code in LOCKED_OUT:
        return LockedOutError(method=method, code=code)
    if code in NOT_SENT_YET:
        return TemporarySendError("Slack is not available.", method=method, code=code)
    if status >= 500 or code in UNKNOWABLE or not code:  # noqa: PLR2004 - HTTP's own number
        return AmbiguousSendError(method=method, code=code, status=status)
    sentence = SENTENCES.get(code, f"Slack refused it ({code}).")
    return PermanentSendError(sentence, method=method, code=code)
