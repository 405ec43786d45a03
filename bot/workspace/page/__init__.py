"""The workspace in a browser: pages rendered here, kept up to date over a WebSocket, acting through the control."""

from bot.workspace.page.routes import add_page

__all__ = ["add_page"]
