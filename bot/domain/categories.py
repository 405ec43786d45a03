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


def category_of(key: str) -> Category:
    """Return the row of a stored key; a key that left the table still reads as words, so that old requests show."""
    known = _BY_KEY.get(key)
    return known or Category(key, key.replace("_", " ").strip().capitalize() or "Other", "📌", "No longer in use")
