"""The office at the hours of an ordinary week."""

import pytest

from tests.services.aims import OFFICE_HOURS, works
from tests.support.office import Office


@pytest.fixture
def at_work(office: Office) -> Office:
    """The office with working hours: Monday to Friday, nine to five in UTC."""
    works(office, OFFICE_HOURS)
    return office
