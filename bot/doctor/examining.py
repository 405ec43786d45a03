"""`headsup doctor`: is everything in place, and if not, what cures it. It looks and changes nothing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bot.config import NAMES, Settings, load_settings
from bot.doctor.database import examine_database, linked_channels
from bot.doctor.finding import Finding, Level
from bot.doctor.slack import examine_slack
from bot.doctor.work import examine_work
from bot.doctor.working_hours import examine_calendar
from bot.errors import ConfigurationError
from bot.trial.lived import lived_in
from bot.trial.local import FOLDER


async def examine(
    *,
    real_now: Callable[[], datetime],
    env: Mapping[str, str] | None = None,
    dotenv: Path | None = None,
    settings: Settings | None = None,
) -> tuple[Finding, ...]:
    """Look at settings, database, hours, work, Slack and clock; later ones are left out when an earlier one fails.

    Settings are read as every command reads them, unless they are given. Where a trial lives, it is looked at.
    """
    if settings is None:
        try:
            settings = load_settings(env, dotenv)
        except ConfigurationError as error:
            problems = error.facts.get("problems", (error.sentence,))
            return tuple(Finding("settings", Level.BAD, *_problem_and_cure(problem)) for problem in problems)
    found = _examine_settings(settings)
    named = settings.model_fields_set
    trial = lived_in(settings) if "database_url" not in named else None
    if trial is not None:
        settings = trial
        found.append(_TRIAL)
    database = await examine_database(settings)
    found += database
    if {finding.level for finding in database} == {Level.GOOD}:
        found += await examine_calendar(settings, real_now=real_now, named="team_calendar" in named)
        found += await examine_work(settings, real_now=real_now)
    if settings.has_slack:
        found += await examine_slack(settings, real_now=real_now, linked=await linked_channels(settings))
    return tuple(found)


def exit_code(findings: Sequence[Finding]) -> int:
    """Return 1 when anything is bad, else 0."""
    return int(any(finding.level is Level.BAD for finding in findings))


def show(findings: Sequence[Finding]) -> str:
    """Return the findings as text for a terminal: a mark, what is so, and under it what to do."""
    lines = []
    for finding in findings:
        lines.append(f"{_MARKS[finding.level]} {finding.subject}: {finding.sentence}")
        if finding.cure:
            lines.append(f"    → {finding.cure}")
    bad = sum(finding.level is Level.BAD for finding in findings)
    lines.append("Everything is in place." if not bad else f"{bad} to mend.")
    return "\n".join(lines)


_MARKS = {Level.GOOD: "✓", Level.NOTE: "·", Level.BAD: "✗"}


_TRIAL = Finding(
    "trial",
    Level.NOTE,
    f"a trial lives in this folder, in {FOLDER} with a database of its own; that one is looked at.",
    f"`headsup run` goes on with it. To begin anew, remove the folder {FOLDER}.",
)


def _problem_and_cure(problem: str) -> tuple[str, str]:
    sentence, _, cure = problem.partition("; ")
    return f"{sentence}.", f"{cure[:1].upper()}{cure[1:]}." if cure else ""


def _examine_settings(settings: Settings) -> list[Finding]:
    found = [Finding("settings", Level.GOOD, f"all {len(NAMES)} can be read.")]
    if not settings.has_slack:
        found.append(
            Finding(
                "Slack",
                Level.NOTE,
                "no tokens are set, so `headsup run` starts the local workspace.",
                "For real Slack, create an app from `headsup manifest` and set SLACK_BOT_TOKEN and SLACK_APP_TOKEN.",
            )
        )
    elif settings.slack_team_channel is None:
        found.append(
            Finding(
                "team channel",
                Level.BAD,
                "it is not set, so cards have no place.",
                "Set SLACK_TEAM_CHANNEL to the channel where the team works, and invite Headsup to it.",
            )
        )
    if settings.has_slack and not settings.socket_mode and settings.public_url is None:
        found.append(
            Finding(
                "web",
                Level.BAD,
                "Slack is to call us, but PUBLIC_URL is not set.",
                "Set PUBLIC_URL to the https address of this server, or SLACK_APP_TOKEN for Socket Mode.",
            )
        )
    if settings.webhook_secret is None:
        found.append(
            Finding(
                "webhooks",
                Level.NOTE,
                "WEBHOOK_SECRET is not set, so POST /intake/webhook is closed.",
                "To open it: WEBHOOK_SECRET=whsec_$(openssl rand -base64 32)",
            )
        )
    return found
