"""What axe-core finds on a page that somebody who listens, enlarges or only has keys would stumble over."""

from typing import Any

from axe_playwright_python.async_playwright import Axe

from tests.support.browser import Screen


async def findings(screen: Screen) -> list[str]:
    """Return every violation, each as its rule, what is wrong, and where.

    Without axe-core's own loading of style sheets, which the page's policy refuses.
    """
    answer = (await Axe().run(screen.page, options={"preload": False})).response
    return [_sentence(violation, node) for violation in answer["violations"] for node in violation["nodes"]]


def _sentence(violation: dict[str, Any], node: dict[str, Any]) -> str:
    why = [one["message"] for one in [*node["any"], *node["all"], *node["none"]]]
    where = " ".join(str(node["html"]).split())[:240]
    return f"{violation['id']} ({violation['impact']}): {'; '.join(why)[:300]} in {where}"
