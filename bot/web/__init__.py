"""The HTTP edge: webhooks, Slack over HTTP, health, metrics."""

from bot.web.app import build_web
from bot.web.metrics import Metrics
from bot.web.server import Serving, serve

__all__ = ["Metrics", "Serving", "build_web", "serve"]
