"""Numbers and moments as a person reads them; filters of the panel's templates."""

from bot.workspace.page.templating import ENVIRONMENT
from bot.workspace.render import Reader
from bot.workspace.render.dates import show_date


def counted(count: int, noun: str, plural: str = "") -> str:
    """A number and its noun: 1 request, 31 requests, 1,204 replies (with the plural given)."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def moment(instant: float, reader: Reader) -> str:
    """A day and a time as the reader says them: Today at 14:15, Nov 24 at 9:00 AM."""
    return show_date(instant, "{date_short_pretty} at {time}", reader)


def machine_time(instant: float, reader: Reader) -> str:
    """An instant for a `datetime` attribute, to the minute, with the reader's offset."""
    return reader.local(instant).isoformat(timespec="minutes")


def city(zone: str) -> str:
    """What people call a time zone: Helsinki for Europe/Helsinki, UTC for Etc/UTC."""
    return zone.rpartition("/")[2].replace("_", " ")


ENVIRONMENT.filters |= {"counted": counted, "moment": moment, "machine_time": machine_time}
