"""Settings: read once from the environment and `.env`; every problem is reported at once, each with its cure.

Nothing else in Headsup looks at the environment. The real environment wins over `.env`; an empty value counts as unset.
"""

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.config import addresses, env_file, rules, working_hours
from bot.domain.aims import FIRST_ANSWER, NEXT_ANSWER, Aims
from bot.domain.hours.calendars import CalendarRules
from bot.errors import ConfigurationError

DOTENV = Path(".env")
OPEN_TO_ALL = "0.0.0.0"  # noqa: S104 - what a platform that sets PORT expects; without PORT we stay on loopback

BotToken = Annotated[SecretStr, BeforeValidator(rules.bot_token)]
AppToken = Annotated[SecretStr, BeforeValidator(rules.app_token)]
SigningSecret = Annotated[SecretStr, BeforeValidator(rules.signing_secret)]
WebhookSecret = Annotated[SecretStr, BeforeValidator(rules.webhook_secret)]
DatabaseUrl = Annotated[SecretStr, BeforeValidator(addresses.database_url)]
ApiUrl = Annotated[str, BeforeValidator(addresses.slack_api_url)]
PublicUrl = Annotated[str, BeforeValidator(addresses.public_url)]
Channel = Annotated[str, BeforeValidator(rules.slack_name)]
Host = Annotated[str, BeforeValidator(addresses.bind_host)]
Port = Annotated[int, BeforeValidator(addresses.port)]
Hosts = Annotated[tuple[str, ...], BeforeValidator(addresses.callback_hosts)]
Leads = Annotated[tuple[timedelta, ...], BeforeValidator(rules.leads)]
Undo = Annotated[timedelta, BeforeValidator(rules.undo)]
TeamCalendar = Annotated[CalendarRules, BeforeValidator(working_hours.team_calendar)]
Targets = Annotated[Aims, BeforeValidator(rules.aims)]
LogFormat = Annotated[Literal["text", "json"], BeforeValidator(rules.log_format)]
LogLevel = Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(rules.log_level)]


class Settings(BaseSettings):
    """All settings of one process, frozen. A field is its variable in lower case; secrets never show in a repr."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, validate_default=False)

    slack_bot_token: BotToken | None = None
    slack_app_token: AppToken | None = None
    slack_signing_secret: SigningSecret | None = None
    slack_api_url: ApiUrl = "https://slack.com/api/"
    slack_team_channel: Channel | None = None
    database_url: DatabaseUrl = SecretStr("sqlite:///headsup.db")
    host: Host = "127.0.0.1"
    port: Port = 8080
    public_url: PublicUrl | None = None
    webhook_secret: WebhookSecret | None = None
    webhook_callback_hosts: Hosts = ()
    team_calendar: TeamCalendar = working_hours.team_calendar(working_hours.OFFICE_HOURS)
    lead: Channel | None = None
    ladder: Leads = (timedelta(minutes=60), timedelta(minutes=15))
    undo_seconds: Undo = timedelta(seconds=10)
    target_first_answer: Targets = FIRST_ANSWER
    target_next_answer: Targets = NEXT_ANSWER
    log_format: LogFormat = "text"
    log_level: LogLevel = "info"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the library calls it with these names
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - likewise
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - likewise
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - likewise
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take values from `load_settings` only, so that a test's settings never depend on the machine."""
        return (init_settings,)

    @property
    def has_slack(self) -> bool:
        """Whether a Slack installation is configured; without one, `headsup run` starts the local workspace."""
        return self.slack_bot_token is not None

    @property
    def socket_mode(self) -> bool:
        """Whether Slack's events come over Socket Mode; else they come signed to `/slack/events`."""
        return self.slack_app_token is not None

    @property
    def slack_on_loopback(self) -> bool:
        """Whether Slack's API is on this machine: then proxies are ignored."""
        return addresses.on_loopback(self.slack_api_url)

    @property
    def on_sqlite(self) -> bool:
        """Whether the database is a SQLite file, which carries one process only."""
        return self.database_url.get_secret_value().startswith("sqlite")

    @property
    def database_shown(self) -> str:
        """The database's address without its password, for people."""
        return addresses.without_password(self.database_url.get_secret_value())


NAMES = tuple(name.upper() for name in Settings.model_fields)
"""Every variable that Headsup reads, in the order of `.env.example`."""


def load_settings(env: Mapping[str, str] | None = None, dotenv: Path | None = None) -> Settings:
    """Read the settings; `env` replaces the process's environment, and then `.env` is read only when it is named.

    HOST opens to all addresses only when the platform (the environment, not `.env`) sets PORT.

    Raises:
        ConfigurationError: its sentence lists every problem, one a line, each with its cure; `facts["problems"]` too.
    """
    if env is None:
        env, dotenv = os.environ, dotenv or DOTENV
    filed, problems = env_file.read_dotenv(dotenv)
    values = {name: value for name in NAMES if (value := env.get(name, filed.get(name) or "").strip())}
    if env.get("PORT", "").strip():
        values.setdefault("HOST", OPEN_TO_ALL)
    problems += [
        *env_file.misspelt(filed, NAMES),
        *env_file.slips(env, NAMES, filed),
        *env_file.contradictions(values),
    ]
    try:
        settings = Settings(**{name.lower(): value for name, value in values.items()})  # type: ignore[arg-type] # validators parse
    except ValidationError as error:
        problems = [*(_sentence(found, values) for found in error.errors(include_url=False)), *problems]
    if problems:
        raise ConfigurationError(_all(problems), problems=tuple(problems))
    return settings


def _sentence(found: ErrorDetails, values: Mapping[str, str]) -> str:
    """Return what is wrong with a setting: its name, its value unless that is a secret, the fault and the cure."""
    name, said = str(found["loc"][0]), found["msg"].removeprefix("Value error, ").removesuffix(".")
    value = values[name.upper()]
    told = f"“{value}”" in said or _is_secret(Settings.model_fields[name].annotation)
    return f"{name.upper()}{'' if told else rules.echo(value)}: {said}"


def _is_secret(annotation: object) -> bool:
    return annotation is SecretStr or any(_is_secret(part) for part in get_args(annotation))


def _all(problems: list[str]) -> str:
    head = "One setting needs attention:" if len(problems) == 1 else f"{len(problems)} settings need attention:"
    return "\n".join([head, *(f"  {problem}" for problem in problems)])
