"""Numbers for a monitor, in a registry of their own. Labels are routes and statuses, never anybody's words."""

import math

from prometheus_client import CollectorRegistry, Counter, Gauge
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from bot.domain.health import Health, Orphan


class Metrics:
    """All metrics of one process; other parts may add theirs to `registry`."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self._answered = Counter(
            "headsup_http_responses", "HTTP answers by route and status", ["route", "status"], registry=self.registry
        )
        self._refused = Counter(
            "headsup_webhooks_refused", "Webhooks that were not taken, by status", ["status"], registry=self.registry
        )
        self._ready = Gauge("headsup_ready", "1 when this process can do its work", registry=self.registry)
        self._waiting = Gauge("headsup_outbox_waiting", "Messages that still have to leave", registry=self.registry)
        self._oldest = Gauge(
            "headsup_outbox_oldest_seconds", "Age of the oldest message that has to leave", registry=self.registry
        )

        self._tick_age = Gauge(
            "headsup_tick_age_seconds",
            "Since any worker planned; NaN while none runs",
            registry=self.registry,
        )
        self._audited_at = Gauge(
            "headsup_audit_timestamp_seconds", "When everything was looked at last; 0 before", registry=self.registry
        )
        self._audit_found = Gauge(
            "headsup_audit_found", "What the last look found lost, by kind", ["kind"], registry=self.registry
        )
        self._audit_left = Gauge(
            "headsup_audit_left", "What it could not mend, by kind", ["kind"], registry=self.registry
        )

    def answered(self, route: str, status: int) -> None:
        """Count an HTTP answer."""
        self._answered.labels(route, str(status)).inc()

    def refused(self, status: int) -> None:
        """Count a webhook that was not taken."""
        self._refused.labels(str(status)).inc()

    def see(self, health: Health) -> None:
        """Take over what was just seen of our own health."""
        self._ready.set(health.ready)
        self._waiting.set(health.outbox_waiting)
        self._oldest.set(health.oldest_waiting_s)
        self._tick_age.set(math.nan if health.tick_age_s is None else health.tick_age_s)
        last = health.audits.last if health.audits else None
        self._audited_at.set(last.at.timestamp() if last else 0)
        for kind in Orphan:
            self._audit_found.labels(str(kind)).set(last.found.get(kind, 0) if last else 0)
            self._audit_left.labels(str(kind)).set(last.left.get(kind, 0) if last else 0)

    def render(self) -> tuple[bytes, str]:
        """Return all numbers in Prometheus' text format, and its content type."""
        return generate_latest(self.registry), CONTENT_TYPE_LATEST
