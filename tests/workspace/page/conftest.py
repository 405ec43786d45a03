"""A workspace whose time stands on a Monday morning."""

import pytest
from side_reading import MORNING
from slack_helpers import slack_client


@pytest.fixture
async def monday(make_server):
    """A workspace on Monday, 23 November 2026, 08:41 in Helsinki; its time moves when somebody moves it."""
    return await make_server(now=lambda: MORNING)


@pytest.fixture
def app_client(monday):
    """The app, calling the Web API of that workspace."""
    return slack_client(monday)
