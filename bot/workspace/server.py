"""The workspace as a server: a strict stand-in for Slack on loopback, with a file and a control interface."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Self

from aiohttp import web

from bot.workspace import control_http, file_server, responding, web_api
from bot.workspace.clock import WorkspaceClock
from bot.workspace.companion import Companion
from bot.workspace.control import Control
from bot.workspace.core import Core
from bot.workspace.delivery import ACK_SECONDS, RETRY_AFTER, Delivery
from bot.workspace.errors import ControlError
from bot.workspace.faults import Faults
from bot.workspace.ids import make_secret
from bot.workspace.journal import CAPACITY, Journal
from bot.workspace.models import JSON
from bot.workspace.pace import Limits, Pace
from bot.workspace.page import add_page
from bot.workspace.request_url import RequestUrl
from bot.workspace.seed import World, default_world
from bot.workspace.sockets import SocketHub
from bot.workspace.state import State
from bot.workspace.storage import Storage

_LARGEST_BODY = 8 * 1024 * 1024
_Handler = Callable[[Core, web.Request], Awaitable[web.StreamResponse]]
_Inner = Callable[[web.Request], Awaitable[web.StreamResponse]]


class WorkspaceServer:
    """One workspace. The Web API is at `{url}/api/`, the control interface at `{url}/control/` and as `control`.

    `now` gives Unix seconds for everything that is dated; `move_clock` is called with the seconds when someone moves
    time forward (without it the workspace keeps an offset of its own on top of `now`). With `path` the workspace
    keeps itself in a SQLite file and a second start continues. `retry_after` are the waits before an event is
    redelivered, `ack_seconds` Slack's three seconds: both real time, and shorter in tests. The journal keeps its
    newest `journal_capacity` entries. `features` are those of the app's manifest, for menus and completion. Raises
    ControlError for a host that is not loopback.
    """

    def __init__(
        self,
        now: Callable[[], float],
        *,
        path: Path | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        move_clock: Callable[[float], None] | None = None,
        world: World | None = None,
        pace: Pace | None = None,
        scopes: Sequence[str] | None = None,
        commands: Sequence[str] | None = None,
        features: JSON | None = None,
        retry_after: Sequence[float] = RETRY_AFTER,
        ack_seconds: float = ACK_SECONDS,
        journal_capacity: int = CAPACITY,
    ) -> None:
        if host not in control_http.LOOPBACK:
            raise ControlError(f"the workspace listens on loopback only (127.0.0.1), not on {host}")
        world = world or default_world()
        domain = world.teams[0].domain
        state, journal, hub = State(world), Journal(journal_capacity), SocketHub()
        clock = WorkspaceClock(now, move_clock)
        signing_secret = make_secret(f"signing/{domain}", 32).lower()
        request_url = RequestUrl(signing_secret)
        self.core = Core(
            state=state,
            clock=clock,
            journal=journal,
            faults=Faults(),
            limits=Limits(pace or Pace()),
            hub=hub,
            request_url=request_url,
            delivery=Delivery(journal, hub, request_url, retry_after=retry_after, ack_seconds=ack_seconds),
            bot_token=f"xoxb-100-200-{make_secret(f'bot/{domain}')}",
            app_token=f"xapp-1-{world.app.id}-100-{make_secret(f'app/{domain}', 64).lower()}",
            signing_secret=signing_secret,
        )
        self.control = Control(self.core)
        self._scopes, self._commands, self._features = scopes, commands, features
        self._storage = Storage(path, state, clock)
        self._host, self._port = host, port
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Read the file, listen, and know `url`.

        OSError for a port that is taken, ControlError for a file that is not a workspace's.
        """
        await self._storage.load()
        self.control.set_app(scopes=self._scopes, commands=self._commands, features=self._features)
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        try:
            await self._listen()
        except OSError:
            await self._runner.cleanup()
            self._runner = None
            raise
        self._storage.start()

    async def stop(self) -> None:
        """Close every link, write the file, stop listening. A stopped workspace can be started again."""
        await self.core.delivery.close()
        await self.core.hub.close()
        await self.core.request_url.close()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None
        await self._storage.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The base address, such as http://127.0.0.1:43123."""
        return self.core.url

    @property
    def api_url(self) -> str:
        """The base of the Web API, for `AsyncWebClient(base_url=…)`."""
        return f"{self.core.url}/api/"

    @property
    def bot_token(self) -> str:
        """The xoxb- token of the app."""
        return self.core.bot_token

    @property
    def app_token(self) -> str:
        """The xapp- token of the app, for Socket Mode."""
        return self.core.app_token

    @property
    def signing_secret(self) -> str:
        """The secret that signs HTTP deliveries."""
        return self.core.signing_secret

    @property
    def companion(self) -> Companion:
        """Through which whoever runs the workspace shows more on its pages."""
        return self.core.companion

    @property
    def journal(self) -> Journal:
        """What passed between the app and the workspace."""
        return self.core.journal

    async def go_down(self) -> None:
        """Refuse connections, cutting those that are open, until `come_back`; the control interface goes with them."""
        assert self._runner is not None  # noqa: S101 (only a started server can go down)
        for site in list(self._runner.sites):
            await site.stop()
        for connection in list(self._runner.server.connections if self._runner.server else []):
            if connection.transport:
                connection.transport.abort()

    async def come_back(self) -> None:
        """Listen again at the same address."""
        await self._listen()

    async def _listen(self) -> None:
        assert self._runner is not None  # noqa: S101 (start() made it)
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        host = f"[{self._host}]" if ":" in self._host else self._host
        self.core.url = self.core.state.base_url = f"http://{host}:{self._port}"

    def _app(self) -> web.Application:
        def with_core(handler: _Handler) -> _Inner:
            async def serve(request: web.Request) -> web.StreamResponse:
                return await handler(self.core, request)

            return serve

        async def control(request: web.Request) -> web.StreamResponse:
            return await control_http.handle(self.control, request)

        async def link(request: web.Request) -> web.StreamResponse:
            return await self.core.hub.handle(request)

        @web.middleware
        async def guarded(request: web.Request, handler: _Inner) -> web.StreamResponse:
            control_http.guard(request)
            return await handler(request)

        app = web.Application(client_max_size=_LARGEST_BODY, middlewares=[guarded])
        app.router.add_route("*", "/api/{method}", with_core(web_api.handle))
        app.router.add_get("/link/", link)
        app.router.add_post("/response/{key}", with_core(responding.handle))
        app.router.add_get("/files-pri/{file}/{name:.*}", with_core(file_server.handle))
        app.router.add_get("/control/{verb}", control)
        app.router.add_post("/control/{verb}", control)
        add_page(app, self.core)
        return app
