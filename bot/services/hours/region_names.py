"""English names of regions that are called otherwise at home, where the holidays library knows only the latter.

Only those that nobody would find by how alike the names are; codes are the library's.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ENGLISH: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "AT": {
            "Carinthia": "2",
            "Lower Austria": "3",
            "Upper Austria": "4",
            "Styria": "6",
            "Tyrol": "7",
            "Vienna": "9",
        },
        "CH": {"Geneva": "GE", "Grisons": "GR", "Lucerne": "LU", "St. Gallen": "SG", "St Gallen": "SG"},
        "DE": {
            "Bavaria": "BY",
            "Hesse": "HE",
            "Lower Saxony": "NI",
            "Mecklenburg-Western Pomerania": "MV",
            "North Rhine-Westphalia": "NW",
            "Rhineland-Palatinate": "RP",
            "Saxony": "SN",
            "Saxony-Anhalt": "ST",
            "Thuringia": "TH",
        },
        "ES": {
            "Andalusia": "AN",
            "Balearic Islands": "IB",
            "Basque Country": "PV",
            "Canary Islands": "CN",
            "Castile and León": "CL",
            "Catalonia": "CT",
            "Navarre": "NC",
            "Valencia": "VC",
        },
    }
)
