"""What a person would see in Slack, as text for a terminal. Pure functions over Slack's JSON."""

from bot.workspace.render.reader import Reader
from bot.workspace.render.screens import render_channel, render_home, render_message, render_modal

__all__ = ["Reader", "render_channel", "render_home", "render_message", "render_modal"]
