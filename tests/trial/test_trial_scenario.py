import itertools
import unicodedata
from collections import Counter
from datetime import date

import pytest

from bot.blocks.languages import LANGUAGES
from bot.blocks.zones import zone_groups
from bot.errors import ConfigurationError
from bot.trial.hands import folded
from bot.trial.night import NOON, moment
from bot.trial.scenario import NAMES, Scenario, load
from bot.trial.world import world_of

MORNING = load("morning")


@pytest.fixture(params=NAMES)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return load(request.param)


def test_the_morning_has_thirty_requests_of_six_clients_in_five_languages():
    assert MORNING.requests == 30
    asked = Counter(line.client.language for line in MORNING.lines if line.opens)
    assert set(asked) == {"en", "de", "fi", "ru", "zh"}
    assert min(asked.values()) >= 4
    assert len({client.tz for client in MORNING.clients}) == len(MORNING.clients) == 6
    assert sum(bool(client.system) for client in MORNING.clients) == 2


def test_each_line_is_written_in_its_clients_letters():
    """A Cyrillic text has Cyrillic letters, a Chinese one Han characters, and the others neither."""
    script = {"ru": "CYRILLIC", "zh": "CJK"}
    for line in MORNING.lines:
        letters = [unicodedata.name(char).split()[0] for char in line.text if char.isalpha()]
        most = Counter(letters).most_common(1)[0][0]
        assert most == script.get(line.client.language, "LATIN"), line.id


def test_the_morning_has_every_kind_of_message_that_a_pile_has():
    texts = {line.id: line.text for line in MORNING.lines}
    assert len(texts["beta-flyer"]) < 20
    assert len(texts["acme-anniversary"]) > 900
    assert [line for line in texts["beta-four-questions"].splitlines() if line[:2] in {"1.", "2.", "3.", "4."}]
    assert any(one.type.startswith("image/") for line in MORNING.lines for one in line.enclosed)


@pytest.mark.parametrize("name", NAMES)
def test_the_tour_begins_with_a_request_that_comes_in_once(name: str):
    scenario = load(name)
    assert sum(scenario.tour in line.text for line in scenario.lines) == 1


def test_the_lines_come_in_the_order_of_their_times():
    evening = date(2026, 11, 23)
    times = [moment(evening, line.at or NOON) for line in MORNING.lines]
    assert all(line.at for line in MORNING.lines)
    assert [one for one in itertools.pairwise(times) if one[0] > one[1]] == []


def test_every_line_has_an_identity_and_words_of_its_own(scenario: Scenario):
    assert len({line.id for line in scenario.lines}) == len(scenario.lines)
    assert len({folded(line.text) for line in scenario.lines}) == len(scenario.lines)
    assert len({person.name for client in scenario.clients for person in client.people}) == sum(
        len(client.people) for client in scenario.clients
    )


def test_what_adds_to_a_line_comes_after_it_from_the_same_client(scenario: Scenario):
    for place, line in enumerate(scenario.lines):
        if not line.opens:
            earlier = scenario.line(line.follows or line.joins)
            assert scenario.lines.index(earlier) < place
            assert earlier.client is line.client


def test_every_client_shares_a_channel_or_has_a_system_and_can_have_its_profile(scenario: Scenario):
    zones = {zone for _, group in zone_groups("UTC") for zone in group}
    for client in scenario.clients:
        assert bool(client.channel) != bool(client.system), client.name
        assert client.language in {"", *LANGUAGES}
        assert client.tz in {"", *zones}


def test_all_who_write_in_a_channel_are_in_it_with_the_host_and_the_bot(scenario: Scenario):
    world = world_of(scenario)
    of = {user.name: user for user in world.users}
    rooms = {channel.name: channel for channel in world.channels}
    assert len(of) == len({user.id for user in world.users})
    for client in scenario.clients:
        if client.channel:
            members = rooms[client.channel].members
            wanted = [scenario.host, "headsup", *(person.name for person in client.people)]
            assert [name for name in wanted if of[name].id not in members] == []
            assert len(members) == len(set(members))
            assert {of[person.name].team for person in client.people} == set(rooms[client.channel].shared_with)


@pytest.mark.parametrize("name", ["", "evening", "../morning", "morning.toml"])
def test_an_unknown_scenario_is_answered_with_those_that_there_are(name: str):
    with pytest.raises(ConfigurationError) as refused:
        load(name)
    assert refused.value.sentence == f"There is no scenario “{name}”. There are: morning, short."


def test_the_case_of_a_scenarios_name_does_not_matter():
    assert load(" Morning ").name == "morning"


def test_the_short_one_has_no_times_and_so_no_night():
    short = load("short")
    assert (short.requests, short.goes_through_the_night) == (3, False)
    assert [line.at for line in short.lines] == [None, None, None]
