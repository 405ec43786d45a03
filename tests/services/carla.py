"""Carla's thread in the client's channel: what she wrote at nine on a Monday."""

from tests.services.aims import at
from tests.support.office import Office

ROOT = "1796029200.000001"


async def opened(office: Office) -> int:
    """Return a request that Carla wrote at nine on a Monday."""
    at(office, "2026-11-30 09:00")
    await office.link_acme()
    found = await office.said("The form is broken.", ts=ROOT)
    assert found
    return found.request
