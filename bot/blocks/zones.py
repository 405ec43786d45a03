"""Time zones as a searchable menu: the IANA names, grouped by region, at most 100 in a group."""

from collections import defaultdict
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from bot.blocks.limits import LIMITS

_REGIONS: Final = frozenset(
    {"Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
)

Groups = tuple[tuple[str, tuple[str, ...]], ...]


def zone_groups(current: str) -> Groups:
    """Return (region, zone names), UTC first; a current zone of an unusual name is among them."""
    first = ("UTC",) if current in _known() else ("UTC", current)
    return (("Universal", first), *_groups())


@cache
def _known() -> frozenset[str]:
    return frozenset({"UTC", *(zone for _, group in _groups() for zone in group)})


@cache
def _groups() -> Groups:
    by_region: dict[str, list[str]] = defaultdict(list)
    for zone in sorted(available_timezones()):
        region, _, place = zone.partition("/")
        if place and region in _REGIONS:
            by_region[region].append(zone)
    most = LIMITS["select.options"]
    parts = [
        (region, zones[at : at + most]) for region, zones in by_region.items() for at in range(0, len(zones), most)
    ]
    return tuple((_label(region, zones, whole=len(by_region[region]) <= most), tuple(zones)) for region, zones in parts)


def _label(region: str, zones: list[str], *, whole: bool) -> str:
    if whole:
        return region
    first, last = (zone.partition("/")[2][0] for zone in (zones[0], zones[-1]))
    return f"{region}, {first} to {last}"
