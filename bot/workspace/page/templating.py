"""Templates to HTML: what comes from a payload is escaped, and a name that nobody gave is an error."""

from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

ENVIRONMENT: Final = Environment(
    loader=PackageLoader("bot.workspace.page"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
"""Every template of the page; filters are added beside what they show."""


def render(template: str, **facts: Any) -> Markup:
    """A template filled in."""
    return Markup(ENVIRONMENT.get_template(template).render(facts))  # noqa: S704 (autoescape did the escaping)
