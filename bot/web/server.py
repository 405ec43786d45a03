"""Listens on an address until told to stop."""

from dataclasses import dataclass

from aiohttp import web

from bot.errors import ConfigurationError

SHUTDOWN_SECONDS = 5
"""How long requests in flight may take to finish after the address was given up."""


LINGERING_SECONDS = 1
"""How long the rest of a refused body is still read, so that its sender gets to read the answer."""


@dataclass(frozen=True, slots=True)
class Serving:
    """A running server. `port` is the real one, also when the system chose it."""

    host: str
    port: int
    runner: web.AppRunner

    @property
    def url(self) -> str:
        """The address for a person on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104 - shown, not bound
        return f"http://{f'[{host}]' if ':' in host and not host.startswith('[') else host}:{self.port}"

    async def close(self) -> None:
        """Stop listening and let requests in flight finish."""
        await self.runner.cleanup()


async def serve(app: web.Application, *, host: str, port: int) -> Serving:
    """Listen on exactly this address; nothing is logged per request, since addresses hold signed links.

    Raises:
        ConfigurationError: the address cannot be listened on; the sentence says what to change.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS, lingering_time=LINGERING_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        raise ConfigurationError(
            f"Headsup cannot listen on {host}, port {port} ({error.strerror or 'no reason given'}). "
            "Set PORT to a free one (0 lets the system choose), or HOST to an address of this machine."
        ) from error
    return Serving(host, runner.addresses[0][1], runner)
