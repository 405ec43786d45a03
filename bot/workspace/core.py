"""The workspace's working parts in one place, handed to every function that needs more than one of them."""

from dataclasses import dataclass, field

from bot.workspace.clock import WorkspaceClock
from bot.workspace.companion import Companion
from bot.workspace.delivery import Delivery
from bot.workspace.faults import Faults
from bot.workspace.journal import Journal
from bot.workspace.pace import Limits
from bot.workspace.request_url import RequestUrl
from bot.workspace.sockets import SocketHub
from bot.workspace.state import State
from bot.workspace.triggers import ResponseUrls, Triggers


@dataclass
class Core:
    """Parts, no behaviour; `url` is known once the server listens."""

    state: State
    clock: WorkspaceClock
    journal: Journal
    faults: Faults
    limits: Limits
    hub: SocketHub
    request_url: RequestUrl
    delivery: Delivery
    bot_token: str
    app_token: str
    signing_secret: str
    url: str = ""
    companion: Companion = field(default_factory=Companion)
    triggers: Triggers = field(default_factory=Triggers)
    response_urls: ResponseUrls = field(default_factory=ResponseUrls)
