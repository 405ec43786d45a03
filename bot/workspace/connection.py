"""One WebSocket of the app, and the frames that are no envelopes."""

import json

from aiohttp import web


class NoConnection(Exception):  # noqa: N818 (a state of the world, not a mistake of anyone)
    """No connection was open to deliver to."""


class AckTimeoutError(Exception):
    """Nothing came back within the three seconds."""


class Connection:
    """One WebSocket of the app; `silent` ones look alive to Slack and swallow everything, pings too."""

    def __init__(self, number: int, ws: web.WebSocketResponse, request: web.Request) -> None:
        self.number = number
        self.ws = ws
        self.silent = False
        self._transport = request.transport

    def abort(self) -> None:
        """Cut the TCP connection without a word."""
        if self._transport:
            self._transport.abort()


def hello(count: int, app_id: str, life: int) -> str:
    """The first frame of a connection."""
    return json.dumps(
        {
            "type": "hello",
            "num_connections": count,
            "debug_info": {"host": "workspace", "build_number": 1, "approximate_connection_time": life},
            "connection_info": {"app_id": app_id},
        }
    )


def disconnect_frame(reason: str) -> str:
    """What Slack says before it lets go of a connection."""
    return json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": "workspace"}})
