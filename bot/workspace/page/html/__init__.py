"""Block Kit, mrkdwn and rich text as HTML, from the payloads alone and as Slack's client shows them."""

from bot.workspace.page.html.message import blocks_html, message_html
from bot.workspace.page.html.words import text_html

__all__ = ["blocks_html", "message_html", "text_html"]
