"""The one table of categories. A new category is a row here, its words in suggest/data, its drafts in suggest/data."""

from dataclasses import dataclass

SUPPORT = "support"
NEW_WORK = "new_work"
COMPLAINT = "complaint"
BILLING = "billing"
FOLLOW_UP = "follow_up"
THANKS = "thanks"

LANE = SUPPORT
"""Where a request goes whose words say nothing: nobody waits longer because we could not tell."""


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of request. `key` is what is stored and never changes, the rest is what people read."""

    key: str
    name: str
    emoji: str
    description: str


CATEGORIES = (
    Category(SUPPORT, "Support", "🔧", "Something does not work, or a question how it does"),
    Category(NEW_WORK, "New work", "🌱", "Something to make, add or change"),
    Category(COMPLAINT, "Complaint", "🚩", "Somebody is let down and asks to be heard"),
    Category(BILLING, "Billing", "🧾", "Invoices, payments, prices already agreed"),
    Category(FOLLOW_UP, "Follow-up", "⏳", "Any news about something asked before?"),
    Category(THANKS, "Thanks", "💛", "Kind words, nothing to do"),
)
"""In the order in which lists show them."""

_BY_KEY = {row.key: row for row in CATEGORIES}


def is_category(key: str) -> bool:
    """Tell whether a request may be given this category."""
    return key in _BY_KEY


def read_category(text: str) -> Category:
    """Return the category that somebody named as people read it: "New work", "new-work", "follow up".

    Raises:
        ValueError: there is none of that name; its sentence lists all.
    """
    wanted = _letters(text)
    for row in CATEGORIES:
        if wanted in {_letters(row.name), _letters(row.key)}:
            return row
    names = [row.name for row in CATEGORIES]
    raise ValueError(f"There is no category “{text[:60]}”. There are {', '.join(names[:-1])} and {names[-1]}.")


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def category_of(key: str) -> Category:
    """Return the row of a stored key; a key that left the table still reads as words, so that old requests show."""
    known = _BY_KEY.get(key)
    return known or Category(key, key.replace("_", " ").strip().capitalize() or "Other", "📌", "No longer in use")
