"""Fields to type into, pickers of dates and times, files."""

from typing import Any, Final

from markupsafe import Markup

from bot.workspace.page.html.canvas import Slot
from bot.workspace.page.html.words import plain_words
from bot.workspace.page.templating import render
from bot.workspace.render import Reader
from bot.workspace.render.rich_text import show_rich_text

_INPUTS: Final = {"email_text_input": "email", "url_text_input": "url", "number_input": "number"}
_LONGEST: Final = 3000
_WIDE: Final = 10_000
_MINUTE: Final = 60


def text_field(slot: Slot) -> Markup:
    """One line or several; lengths and numbers within the element's limits."""
    element = slot.element
    several = bool(element.get("multiline"))
    attributes = slot.attributes() | {"placeholder": plain_words(element.get("placeholder"))}
    if slot.kind == "number_input":
        attributes |= {"step": "any" if element.get("is_decimal_allowed") else "1", "inputmode": "decimal"}
        attributes |= {name: str(element[f"{name}_value"]) for name in ("min", "max") if f"{name}_value" in element}
    else:
        attributes["maxlength"] = str(element.get("max_length") or _LONGEST)
        if element.get("min_length"):
            attributes["minlength"] = str(element["min_length"])
    return render(
        "elements/text.html",
        attributes=_given(attributes),
        several=several,
        kind=_INPUTS.get(slot.kind, "text"),
        value="" if slot.current is None else str(slot.current),
    )


def rich_text_field(slot: Slot) -> Markup:
    """Several lines; what is written becomes rich text."""
    current = slot.current if isinstance(slot.current, dict) else {}
    plain = Reader(slot.reader.tz, slot.reader.now, slot.reader.people, slot.reader.channels)
    attributes = slot.attributes() | {"placeholder": plain_words(slot.element.get("placeholder"))}
    value = "\n".join(show_rich_text(current, plain, _WIDE))
    return render("elements/text.html", attributes=_given(attributes), several=True, kind="text", value=value)


def date_field(slot: Slot) -> Markup:
    """A day; the years are those in which a person may mean something."""
    attributes = slot.attributes() | {"min": "1900-01-01", "max": "9999-12-31"}
    return _picker(slot, "date", attributes, str(slot.current or ""))


def time_field(slot: Slot) -> Markup:
    """A time of day; its zone is named where the element has one."""
    zone = str(slot.element.get("timezone") or "")
    return _picker(slot, "time", slot.attributes(), str(slot.current or ""), zone)


def date_time_field(slot: Slot) -> Markup:
    """A day and time in the reader's zone, which is named beside it."""
    value, stamp = "", slot.current
    attributes = slot.attributes() | {"min": "2001-09-09T01:46", "max": "2286-11-20T17:46"}
    if isinstance(stamp, int):
        value = f"{slot.reader.local(stamp):%Y-%m-%dT%H:%M}"
        attributes["data-instant"] = str(stamp)
    return _picker(slot, "datetime-local", attributes, value, slot.reader.tz)


def file_field(slot: Slot) -> Markup:
    """Files from this machine; what is attached already is named."""
    kinds = ",".join(f".{kind}" for kind in slot.element.get("filetypes") or [])
    most = slot.element.get("max_files", 10)
    attributes = slot.attributes() | {"accept": kinds, "data-most": str(most)}
    if most != 1:
        attributes["multiple"] = ""
    current: Any = slot.current if isinstance(slot.current, list) else []
    files = [one for one in current if isinstance(one, dict)]
    return render("elements/file.html", attributes=_given(attributes), files=files)


def zone_words(tz: str) -> str:
    """A zone as people call it: Europe/Helsinki is Helsinki time."""
    city = tz.rpartition("/")[2].replace("_", " ")
    return city if city in {"UTC", "GMT"} else f"{city} time"


def _picker(slot: Slot, kind: str, attributes: dict[str, str], value: str, zone: str = "") -> Markup:
    note = f"{slot.id}-zone"
    if zone:
        attributes["aria-describedby"] = " ".join([*slot.described, note])
    hint = plain_words(slot.element.get("placeholder"))
    if hint and "aria-label" not in attributes and not slot.labelled and not slot.field:
        attributes["aria-label"] = hint
    return render(
        "elements/picker.html",
        attributes=_given(attributes),
        kind=kind,
        value=value,
        zone=zone_words(zone) if zone else "",
        tz=zone,
        note=note,
    )


def _given(attributes: dict[str, str]) -> dict[str, str]:
    """Without those that are empty; flags stay."""
    flags = {"data-input", "data-dispatch", "autofocus", "multiple", "data-block"}
    return {name: value for name, value in attributes.items() if value or name in flags}
