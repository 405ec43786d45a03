"""The Web API methods of the workspace; importing this package fills the table."""

from bot.workspace.methods import chat, conversations, dnd, history, identity, users, views
from bot.workspace.methods.registry import METHODS, Method, read_arguments

__all__ = [
    "METHODS",
    "Method",
    "chat",
    "conversations",
    "dnd",
    "history",
    "identity",
    "read_arguments",
    "users",
    "views",
]
