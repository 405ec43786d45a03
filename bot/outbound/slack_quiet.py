"""Who does not want to be disturbed, asked of Slack fifty people at a time."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.quiet import Quiet, quiet_spell
from bot.errors import PermanentSendError
from bot.outbound.slack_people import patiently

AT_ONCE = 50
"""People in one call (docs: /reference/methods/dnd.teamInfo)."""


async def quiet_times(client: AsyncWebClient, users: Sequence[str]) -> dict[str, Quiet | None]:
    """Return the spell of do not disturb that runs or comes next for each of these people, None for whoever has none.

    Whom Slack does not show is left out, and keeps nobody else from being shown. Raises a SendError; a
    PermanentSendError with the code `missing_scope` means that the app may not ask.
    """
    found: dict[str, Quiet | None] = {}
    for start in range(0, len(users), AT_ONCE):
        some = users[start : start + AT_ONCE]
        found.update(await _some(client, some))
    return found


async def _some(client: AsyncWebClient, users: Sequence[str]) -> dict[str, Quiet | None]:
    """Ask for some people; when one of them spoils the answer for all, ask for each half."""
    try:
        answer = await patiently(client, "dnd.teamInfo", users=",".join(users))
    except PermanentSendError as error:
        if error.facts.get("code") not in {"user_not_visible", "user_not_found", "users_not_found"}:
            raise
        if len(users) == 1:
            return {}
        half = len(users) // 2
        return {**await _some(client, users[:half]), **await _some(client, users[half:])}
    told: dict[str, dict[str, Any]] = answer.get("users") or {}
    return {
        user: quiet_spell(status.get("next_dnd_start_ts"), status.get("next_dnd_end_ts"))
        for user, status in told.items()
        if user in users
    }
