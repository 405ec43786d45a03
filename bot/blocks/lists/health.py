"""How Headsup itself is doing, for whoever asks in Slack."""

from bot.blocks.pieces import Post
from bot.blocks.words import escape, fallback, line, one_line, rich_text, said
from bot.domain.health import Audits, Health, Orphan, in_words


def build_health(health: Health) -> Post:
    """Return how Headsup itself is doing, each problem with its cure."""
    good = "Headsup is well: everything that must leave has left."
    many = "1 message waits" if health.outbox_waiting == 1 else f"{health.outbox_waiting} messages wait"
    waiting = f"{many} to leave, the oldest since {int(health.oldest_waiting_s)} s."
    lines = [one_line(problem, 400) for problem in health.problems]
    if health.outbox_waiting:
        lines.append(waiting)
    shown = [*(lines or [good]), *_audit(health.audits)]
    return Post(text=fallback(escape(entry) for entry in shown), blocks=[rich_text(line(said("\n".join(shown))))])


def _audit(found: Audits | None) -> list[str]:
    """Return what the hourly look at everything found last; what still waits to leave is said already."""
    if found is None:
        return []
    audit = found.last
    said: dict[Orphan, int] = {kind: count for kind, count in audit.found.items() if kind is not Orphan.MESSAGE}
    if not said:
        return ["The hourly look at everything found nothing that had lost its way."]
    end = "All of it is mended." if not audit.left.keys() & said.keys() else "The log says what could not be mended."
    return [f"The hourly look at everything found that {in_words(said)}. {end}"]
