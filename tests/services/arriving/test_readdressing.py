from bot.domain.incoming import IncomingMessage, Source
from bot.services.arriving.readdressing import callbacks_moved
from bot.services.arriving.receiving import receive
from bot.services.context import Desk
from bot.store import requests

OLD, NEW = "http://127.0.0.1:7790/", "http://127.0.0.1:7791/"


async def arrived(desk: Desk, identity: str, callback: str | None) -> int:
    incoming = IncomingMessage(
        source=Source.WEBHOOK,
        identity=identity,
        at=desk.clock.now(),
        text="Could you look at the booking page?",
        client_name="Orbit Travel",
        sender_name="Noor Haddad",
        callback_url=callback,
    )
    return (await desk.do(receive, incoming=incoming, raw=identity.encode())).request


async def callback_of(desk: Desk, request: int) -> str | None:
    with desk.store.reading() as tx:
        found = requests.request(tx, request)
    assert found is not None
    return found.callback_url


async def test_addresses_of_the_old_place_follow_and_no_others(desk: Desk):
    addresses = [f"{OLD}orbit", f"{OLD}a_b%25c", "http://127.0.0.1:77901/orbit", "https://hooks.example.com/x", None]
    numbers = [await arrived(desk, f"msg_{place}", address) for place, address in enumerate(addresses)]
    assert await desk.do(callbacks_moved, old=OLD, new=NEW) == 2
    assert [await callback_of(desk, number) for number in numbers] == [
        f"{NEW}orbit",
        f"{NEW}a_b%25c",
        *addresses[2:],
    ]
    assert await desk.do(callbacks_moved, old=OLD, new=NEW) == 0
