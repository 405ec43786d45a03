"""The settings of a trial: the workspace in Slack's place, and what a person set stays."""

import secrets
from base64 import b64encode
from pathlib import Path
from typing import Final

from pydantic import SecretStr

from bot.config import Settings
from bot.domain.hours.calendars import CalendarRules, parse_rules
from bot.trial.scenario import Scenario
from bot.workspace.server import WorkspaceServer

OFFICE: Final = parse_rules("Europe/Helsinki Mon-Fri 09:00-17:00")
"""When the agency of a trial works whose clock goes with its story: early birds are there at half past eight.

Each member works these hours by the clock where they are. Aims run in them too, so none slips in a night.
"""

AROUND: Final = CalendarRules()
"""When it works in a trial that begins at whatever hour somebody tries it."""

_HARMLESS: Final = frozenset(
    {"port", "ladder", "undo_seconds", "target_first_answer", "target_next_answer", "log_format", "log_level"}
)
"""What of a real installation's settings a trial takes over."""


def apart(settings: Settings) -> Settings:
    """Return settings that touch nothing of an installation with Slack: not its database, people, secrets or hosts."""
    if not settings.has_slack:
        return settings
    kept = settings.model_fields_set & _HARMLESS
    return Settings().model_copy(update={name: getattr(settings, name) for name in kept})


def settings_for(
    settings: Settings, server: WorkspaceServer, their_host: str, folder: Path, *, hours: CalendarRules
) -> Settings:
    """Return the settings with the workspace in Slack's place; replies may also go to the clients' own systems.

    `hours` are the team's unless the settings name others.
    """
    given = settings.model_fields_set
    return settings.model_copy(
        update={
            "host": "127.0.0.1",
            "database_url": settings.database_url if "database_url" in given else database_url(folder),
            "slack_bot_token": SecretStr(server.bot_token),
            "slack_app_token": SecretStr(server.app_token),
            "slack_signing_secret": SecretStr(server.signing_secret),
            "slack_api_url": server.api_url,
            "slack_team_channel": settings.slack_team_channel or "requests",
            "lead": settings.lead or "sam",
            "team_calendar": settings.team_calendar if "team_calendar" in given else hours,
            "webhook_secret": SecretStr(webhook_secret(settings, folder)),
            "webhook_callback_hosts": (*settings.webhook_callback_hosts, their_host),
        }
    )


def hours_of(scenario: Scenario) -> CalendarRules:
    """Return when the agency of a scenario works."""
    return OFFICE if scenario.goes_through_the_night else AROUND


def webhook_secret(settings: Settings, folder: Path) -> str:
    """Return the webhook secret: the one that was set, else this folder's own, made at the first start."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    path = folder / "webhook-secret"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text("whsec_" + b64encode(secrets.token_bytes(24)).decode(), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def database_url(folder: Path) -> SecretStr:
    """Return the trial's own database, beside the workspace, so that it never mixes with a real installation's."""
    return SecretStr(f"sqlite:///{folder / 'headsup.db'}")
