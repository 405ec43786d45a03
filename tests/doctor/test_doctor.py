import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.doctor import Finding, Level, examine, exit_code, show
from bot.domain.people import LinkedChannel
from bot.manifest import scopes
from bot.services.audit import audits, heartbeat
from bot.store import Store, channels, events, people
from bot.store.migrate import migrate
from bot.workspace.pace import Pace
from bot.workspace.server import WorkspaceServer


def real_now():
    return datetime.now(UTC)


def beat(store, ago=timedelta(seconds=7)):
    """Let a worker have finished a tick."""
    with store.writing() as tx:
        facts = {"by": "there:77", "at": (real_now() - ago).isoformat()}
        events.save_setting(tx, heartbeat.HEARTBEAT, json.dumps(facts))


PAUSES = {"pause_without_end": 2}


def audited(store, found, mended, later=False, *, ago=timedelta(minutes=12)):
    """Let an audit have found something, `later` one that found nothing after it."""
    finding = {"at": (real_now() - ago).isoformat(), "found": found, "mended": mended}
    last = {"at": real_now().isoformat(), "found": {}, "mended": {}} if later else finding
    with store.writing() as tx:
        events.save_setting(tx, audits.AUDIT, json.dumps({"last": last, "finding": finding}))


@pytest.fixture
async def slack():
    async with WorkspaceServer(now=time.time, pace=Pace(enabled=False), scopes=scopes()) as server:
        yield server


@pytest.fixture
def database(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/headsup.db", elapsed=time.monotonic)
    migrate(store)
    beat(store)
    with store.writing() as tx:
        audit = {"at": real_now().isoformat(), "found": {}, "mended": {}}
        events.save_setting(tx, audits.AUDIT, json.dumps({"last": audit, "finding": None}))
    yield store
    store.close()


@pytest.fixture
def env(slack, database):
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "SLACK_TEAM_CHANNEL": "requests",
        "DATABASE_URL": f"sqlite:///{database.path}",
        "WEBHOOK_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    }


def bad(findings):
    return {finding.subject: finding for finding in findings if finding.level is Level.BAD}


async def examined(env, **changed):
    given = {name: value for name, value in {**env, **changed}.items() if value is not None}
    return await examine(env=given, real_now=real_now)


async def test_when_everything_is_in_place_every_finding_is_good(env, slack):
    findings = await examined(env)
    assert {finding.level for finding in findings} == {Level.GOOD}
    assert {finding.subject for finding in findings} >= {
        "settings",
        "database",
        "bot token",
        "app token",
        "scopes",
        "clock",
    }
    assert exit_code(findings) == 0
    assert "Headsup is in #requests." in show(findings)
    assert show(findings).endswith("Everything is in place.")
    assert slack.journal.refusals == []


async def test_each_wrong_setting_is_a_finding_with_its_cure():
    findings = await examine(env={"PORT": "x", "LADDER": "soon"}, real_now=real_now)
    assert len(bad(findings) or findings) >= 1
    assert [finding.level for finding in findings] == [Level.BAD, Level.BAD]
    assert exit_code(findings) == 1
    assert "PORT" in show(findings)
    assert "LADDER" in show(findings)


async def test_without_tokens_the_local_workspace_is_no_problem(database):
    findings = await examine(env={"DATABASE_URL": f"sqlite:///{database.path}"}, real_now=real_now)
    assert bad(findings) == {}
    assert "local workspace" in show(findings)


@pytest.mark.parametrize(
    ("turn", "subject", "words"),
    [
        (lambda slack: slack.control.revoke_tokens(), "bot token", "token_revoked"),
        (lambda slack: slack.control.uninstall(), "bot token", "account_inactive"),
        (lambda slack: slack.control.set_app(scopes=[s for s in scopes() if s != "im:write"]), "scopes", "im:write"),
        (lambda slack: slack.control.set_app(scopes=[s for s in scopes() if s != "dnd:read"]), "scopes", "dnd:read"),
        (lambda slack: slack.control.remove("#requests", "@headsup"), "team channel", "not in #requests"),
        (lambda slack: slack.control.archive("#requests"), "team channel", "#requests is archived"),
    ],
)
async def test_what_is_wrong_at_slack_is_found_with_its_cure(env, slack, turn, subject, words):
    turn(slack)
    findings = await examined(env)
    assert words in bad(findings)[subject].sentence
    assert bad(findings)[subject].cure
    assert exit_code(findings) == 1


async def test_a_permission_too_many_is_noted_not_bad(env, slack):
    slack.control.set_app(scopes=[*scopes(), "pins:read"])
    findings = await examined(env)
    assert bad(findings) == {}
    assert "more than it needs: pins:read" in show(findings)


async def test_wrong_tokens_are_told_apart(env):
    assert "invalid_auth" in bad(await examined(env, SLACK_BOT_TOKEN="xoxb-wrong"))["bot token"].sentence
    assert "invalid_auth" in bad(await examined(env, SLACK_APP_TOKEN="xapp-wrong"))["app token"].sentence


async def test_a_channel_that_is_not_set_not_known_or_given_by_id(env, slack):
    assert "not set" in bad(await examined(env, SLACK_TEAM_CHANNEL=None))["team channel"].sentence
    assert "cannot see" not in show(await examined(env, SLACK_TEAM_CHANNEL="#requests"))
    assert "not a channel" in bad(await examined(env, SLACK_TEAM_CHANNEL="nowhere"))["team channel"].sentence
    ident = slack.core.state.channel("#requests").id
    assert bad(await examined(env, SLACK_TEAM_CHANNEL=ident)) == {}


async def test_a_clients_channel_that_the_bot_left_is_found(env, slack, database):
    channel = slack.core.state.channel("#acme-shared").id
    with database.writing() as tx:
        client = people.get_or_create_client(tx, "Acme", confirmed=True, now=real_now())
        channels.save_channel(tx, LinkedChannel(channel, "acme-shared", client.id, shared=True))
    assert bad(await examined(env)) == {}
    slack.control.remove("#acme-shared", "@headsup")
    assert "/invite @Headsup in #acme-shared" in bad(await examined(env))["client channel"].cure


async def test_slack_out_of_reach_is_said_and_ends_the_look_at_slack(env, slack):
    await slack.go_down()
    findings = await examined(env)
    assert "cannot be reached" in bad(findings)["bot token"].sentence
    assert "network" in bad(findings)["bot token"].cure
    await slack.come_back()


@pytest.mark.parametrize(("off", "words"), [(-90, "behind"), (90, "ahead"), (400, "signatures are refused")])
async def test_a_clock_that_is_off_is_found(env, off, words):
    findings = await examine(env=env, real_now=lambda: real_now() + timedelta(seconds=off))
    assert words in bad(findings)["clock"].sentence
    assert "timedatectl" in bad(findings)["clock"].cure


async def test_a_database_that_is_not_there_not_migrated_or_not_reachable(env, tmp_path):
    missing = tmp_path / "missing.db"
    findings = await examined(env, DATABASE_URL=f"sqlite:///{missing}")
    assert bad(findings) == {}
    assert not missing.exists()
    empty = tmp_path / "empty.db"
    empty.touch()
    assert "headsup migrate" in bad(await examined(env, DATABASE_URL=f"sqlite:///{empty}"))["database"].cure
    gone = "postgresql://headsup:hunter22@127.0.0.1:1/headsup"
    finding = bad(await examined(env, DATABASE_URL=gone))["database"]
    assert "cannot be reached" in finding.sentence
    assert "hunter22" not in str(finding)
    nowhere = bad(await examined(env, DATABASE_URL="sqlite:////nowhere/at/all/headsup.db"))["database"]
    assert "cannot be written" in nowhere.sentence


async def test_a_database_that_a_newer_version_made(env, database):
    with database.writing() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    finding = bad(await examined(env))["database"]
    assert finding.sentence.startswith("This database was made by a newer Headsup (9999); this one knows up to 00")
    assert finding.cure == "Update Headsup."


@pytest.mark.parametrize(
    ("ago", "level", "words"),
    [
        (timedelta(seconds=7), Level.GOOD, "there:77 did it 7 s ago"),
        (timedelta(seconds=40), Level.GOOD, "there:77"),
        (timedelta(seconds=50), Level.BAD, "no worker has finished a tick for 50 s (the last was there:77)"),
        (timedelta(days=3), Level.BAD, "for 3 days"),
        (timedelta(hours=-5, seconds=-9), Level.BAD, "by its clock, there:77 planned 5 h from now"),
    ],
)
async def test_the_heartbeat_of_any_worker_is_seen(env, database, ago, level, words):
    beat(database, ago)
    (planning,) = [finding for finding in await examined(env) if finding.subject == "planning"]
    assert planning.level is level
    assert words in planning.sentence
    assert bool(planning.cure) is (level is Level.BAD)


async def test_that_no_worker_runs_is_noted(env, database):
    with database.writing() as tx:
        events.forget_setting(tx, heartbeat.HEARTBEAT)
        events.forget_setting(tx, audits.AUDIT)
    findings = await examined(env)
    assert "no worker is running now" in show(findings)
    assert bad(findings) == {}


@pytest.mark.parametrize(
    ("facts", "level", "words"),
    [
        ((PAUSES, PAUSES), Level.NOTE, "2 pauses had no end. All of it was"),
        ((PAUSES, PAUSES, True), Level.NOTE, "12 min ago 2 pauses had no end."),
        (({"promise_without_step": 1}, {}), Level.BAD, "1 open promise had no next step. Not mended yet."),
        (({"message_overdue": 3}, {}), Level.BAD, "3 messages should have left more than ten minutes ago"),
        (({"a_kind_of_another_release": 3}, {}), Level.GOOD, "nothing had lost its way"),
    ],
)
async def test_what_the_audit_found_is_shown_and_whether_it_is_mended(env, database, facts, level, words):
    audited(database, *facts)
    findings = [finding for finding in await examined(env) if finding.subject == "audit"]
    assert findings[-1].level is level
    assert words in findings[-1].sentence
    assert bool(findings[-1].cure) is (level is not Level.GOOD)


async def test_an_audit_that_stays_away_while_a_worker_runs_is_found(env, database):
    audited(database, {}, {}, ago=timedelta(hours=3))
    assert "3 h ago; it should come hourly" in bad(await examined(env))["audit"].sentence


async def test_over_http_the_public_address_is_asked_for(env, slack):
    findings = await examined(env, SLACK_APP_TOKEN=None, SLACK_SIGNING_SECRET=slack.signing_secret)
    assert "PUBLIC_URL" in bad(findings)["web"].cure


async def test_looking_changes_nothing(env, slack):
    await examined(env)
    methods = {entry.name for entry in slack.journal.calls()}
    assert methods <= {"auth.test", "apps.connections.open", "conversations.info", "conversations.list"}


def test_the_report_shows_what_to_do_under_each_finding():
    text = show([Finding("a", Level.GOOD, "fine."), Finding("b", Level.BAD, "broken.", "Mend it.")])
    assert text.splitlines() == ["✓ a: fine.", "✗ b: broken.", "    → Mend it.", "1 to mend."]
