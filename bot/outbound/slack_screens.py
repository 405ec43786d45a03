"""What answers one person at once: windows, App Home, words that only they see. Best effort, never the outbox."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.domain.people import Member, Person
from bot.errors import HeadsupError, PermanentSendError
from bot.outbound.slack_client import TIMEOUT_SECONDS, call
from bot.outbound.slack_people import display_name, is_guest, is_loopback, member_in_channel


class SlackScreens:
    """`Screens` over the Web API; nothing is tried twice."""

    def __init__(self, client: AsyncWebClient, team_channel: Any) -> None:
        self._client = client
        self._team_channel = team_channel

    async def open(self, trigger_id: str, view: Mapping[str, Any]) -> str:
        """Open a window and return its id."""
        return await self._view("views.open", trigger_id, view)

    async def push(self, trigger_id: str, view: Mapping[str, Any]) -> str:
        """Put a window on top of the open one and return its id."""
        return await self._view("views.push", trigger_id, view)

    async def _view(self, method: str, trigger_id: str, view: Mapping[str, Any]) -> str:
        try:
            answer = await call(self._client, method, trigger_id=trigger_id, view=dict(view))
        except PermanentSendError as error:
            if error.facts.get("code") in {"expired_trigger_id", "trigger_expired", "exchanged_trigger_id"}:
                raise HeadsupError("That took a moment too long for Slack. Please press again.") from error
            raise
        return str(answer["view"]["id"])

    async def update(self, view_id: str, view: Mapping[str, Any], *, seen: str = "") -> str:
        """Change an open window; one that was closed meanwhile, or changed since `seen`, needs nothing: empty then."""
        try:
            answer = await call(self._client, "views.update", view_id=view_id, view=dict(view), hash=seen or None)
        except PermanentSendError as error:
            if error.facts.get("code") in {"not_found", "hash_conflict"}:
                return ""
            raise
        return str(answer["view"]["hash"])

    async def publish(self, user: str, view: Mapping[str, Any]) -> None:
        """Show a person's App Home."""
        await call(self._client, "views.publish", user_id=user, view=dict(view))

    async def whisper(
        self,
        channel: str,
        user: str,
        text: str,
        blocks: list[dict[str, Any]] | None = None,
        thread: str | None = None,
    ) -> None:
        """Say something in a channel that only this person sees."""
        await call(
            self._client,
            "chat.postEphemeral",
            channel=channel,
            user=user,
            text=text,
            blocks=blocks or None,
            thread_ts=thread,
        )

    async def respond(
        self, response_url: str, text: str, blocks: list[dict[str, Any]] | None = None, *, replace: bool = False
    ) -> None:
        """Answer a command or press through its response URL; without retries, for they would say it twice."""
        webhook = AsyncWebhookClient(response_url, timeout=TIMEOUT_SECONDS, retry_handlers=[])
        if is_loopback(response_url):
            webhook.proxy = None
        await webhook.send(text=text, blocks=blocks or None, response_type="ephemeral", replace_original=replace)

    async def lookup(self, user: str) -> Member | None:
        """Ask Slack whether this person is a member of the team channel, and who they are."""
        channel = self._team_channel()
        return await member_in_channel(self._client, user, channel) if channel else None

    async def person_of(self, user: str) -> Person | None:
        """Ask Slack who a person is: name, zone, whether they are a guest; None when it will not say."""
        try:
            answer = await call(self._client, "users.info", user=user)
        except HeadsupError:
            return None
        facts = answer.get("user", {})
        return Person(name=display_name(facts), tz=facts.get("tz") or None, guest=is_guest(facts))

    async def file_of(self, ident: str) -> Mapping[str, Any] | None:
        """Ask Slack for a file of which an event said only its id, None when it will not say."""
        try:
            answer = await call(self._client, "files.info", file=ident)
        except HeadsupError:
            return None
        found = answer.get("file")
        return found if isinstance(found, dict) else None
