"""Reading a request's body within limits of size and time."""

import asyncio

from aiohttp import web

BODY_SECONDS = 30
"""How long a sender may take for a body."""


async def read_body(request: web.Request, *, seconds: float = BODY_SECONDS) -> bytes:
    """Return the whole body.

    Raises:
        web.HTTPRequestEntityTooLarge: it is larger than the application takes.
        web.HTTPRequestTimeout: it did not arrive in time.
    """
    try:
        async with asyncio.timeout(seconds):
            return await request.read()
    except TimeoutError as error:
        raise web.HTTPRequestTimeout(reason=f"the body took longer than {seconds:g} seconds") from error
