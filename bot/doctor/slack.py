"""The doctor's look at Slack: tokens, scopes, channels, clock."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.config import Settings
from bot.doctor.finding import Finding, Level
from bot.domain.people import LinkedChannel
from bot.errors import LockedOutError, SendError
from bot.manifest import scopes
from bot.outbound.slack_client import build_client
from bot.outbound.slack_probe import ChannelFacts, TokenFacts, probe_app_token, probe_channel, probe_token

DRIFT = timedelta(seconds=30)
"""From here on due times are visibly off; Slack's Date header is exact to a second."""

TOO_FAR = timedelta(minutes=5)
"""From here on signatures are refused (docs: /authentication/verifying-requests-from-slack)."""

REINSTALL = "Open the app at https://api.slack.com/apps, reinstall it, and copy the token again."


async def examine_slack(
    settings: Settings, *, real_now: Callable[[], datetime], linked: Sequence[LinkedChannel]
) -> list[Finding]:
    """Look at Slack with our own tokens; `linked` are the clients' channels."""
    token = settings.slack_bot_token
    client = build_client(token.get_secret_value() if token else "", base_url=settings.slack_api_url)
    try:
        facts = await probe_token(client)
    except SendError as error:
        return [_refused("bot token", "SLACK_BOT_TOKEN", error, settings)]
    found = [
        Finding("bot token", Level.GOOD, f"Slack knows us as {facts.user} in {facts.team_name}."),
        *_scopes(facts),
        *_clock(facts, real_now()),
    ]
    if settings.slack_app_token:
        found.append(await _app_token(settings, settings.slack_app_token.get_secret_value()))
    places = [("team channel", settings.slack_team_channel)] if settings.slack_team_channel else []
    places += [("client channel", channel.id) for channel in linked if channel.joined]
    names = {channel.id: channel.name for channel in linked}
    for subject, place in places:
        try:
            channel = await probe_channel(client, place)
        except SendError as error:
            found.append(_refused(subject, "SLACK_TEAM_CHANNEL", error, settings))
            continue
        found.append(_channel(subject, names.get(place, place), channel))
    return found


def _refused(subject: str, name: str, error: SendError, settings: Settings) -> Finding:
    code = error.facts.get("code")
    said = f"Slack says {code}" if code else error.sentence.rstrip(".")
    if isinstance(error, LockedOutError):
        return Finding(subject, Level.BAD, f"Slack refuses {name} ({code}).", REINSTALL)
    if code == "missing_scope":
        return Finding(subject, Level.BAD, "a permission is missing to look at it.", "See scopes above.")
    if code:
        return Finding(subject, Level.BAD, f"{said}.", "Look the word up at https://docs.slack.dev/reference/methods.")
    cure = f"Check the network and any proxy from here to {settings.slack_api_url}; then run this again."
    return Finding(subject, Level.BAD, f"{said}.", cure)


def _scopes(facts: TokenFacts) -> list[Finding]:
    if facts.scopes is None:
        return [Finding("scopes", Level.NOTE, "Slack did not say which permissions the token has.")]
    missing, more = sorted(set(scopes()) - facts.scopes), sorted(facts.scopes - set(scopes()))
    if missing:
        cure = "Paste the output of `headsup manifest` into App Manifest at https://api.slack.com/apps, and reinstall."
        return [Finding("scopes", Level.BAD, f"the app lacks {', '.join(missing)}.", cure)]
    found = [Finding("scopes", Level.GOOD, "the app has every permission that it needs.")]
    if more:
        cure = "Take them away with the output of `headsup manifest`, if nothing else needs them."
        found.append(Finding("scopes", Level.NOTE, f"it has more than it needs: {', '.join(more)}.", cure))
    return found


def _clock(facts: TokenFacts, now: datetime) -> list[Finding]:
    if facts.at is None:
        return [Finding("clock", Level.NOTE, "Slack did not say what time it is.")]
    drift = abs(now - facts.at)
    if drift <= DRIFT:
        return [Finding("clock", Level.GOOD, "it agrees with Slack's.")]
    way = "ahead of" if now > facts.at else "behind"
    result = "signatures are refused" if drift >= TOO_FAR else "nudges come at the wrong time"
    sentence = f"it is {int(drift.total_seconds())} s {way} Slack's, so {result}."
    return [Finding("clock", Level.BAD, sentence, "Switch on time synchronisation (timedatectl set-ntp true).")]


async def _app_token(settings: Settings, token: str) -> Finding:
    try:
        await probe_app_token(build_client(token, base_url=settings.slack_api_url))
    except SendError as error:
        if error.facts.get("code") == "missing_scope":
            cure = "Make a new app-level token with connections:write (Basic Information, App-Level Tokens)."
            return Finding("app token", Level.BAD, "it may not open Socket Mode connections.", cure)
        return _refused("app token", "SLACK_APP_TOKEN", error, settings)
    return Finding("app token", Level.GOOD, "Slack opens Socket Mode connections for it.")


def _channel(subject: str, wanted: str, channel: ChannelFacts | None) -> Finding:
    if channel is None:
        cure = "Check its name or id; a private channel is only seen after /invite @Headsup in it."
        return Finding(subject, Level.BAD, f"{wanted} is not a channel that Headsup can see.", cure)
    if channel.archived:
        return Finding(subject, Level.BAD, f"#{channel.name} is archived.", "Bring it back, or name another one.")
    if not channel.member:
        cure = f"Write /invite @Headsup in #{channel.name}."
        return Finding(subject, Level.BAD, f"Headsup is not in #{channel.name}.", cure)
    return Finding(subject, Level.GOOD, f"Headsup is in #{channel.name}.")
