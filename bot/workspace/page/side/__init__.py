"""Beside the chat: the tour, time, faults, what must add up, systems outside, and what was refused."""

from bot.workspace.page.side.inbox import outside
from bot.workspace.page.side.panel import side
from bot.workspace.page.side.refusals import refused

__all__ = ["outside", "refused", "side"]
