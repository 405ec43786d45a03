"""Uploaded files: opened with the app's token, otherwise a page that asks to sign in, as in Slack."""

import base64

from aiohttp import web

from bot.workspace.core import Core


async def handle(core: Core, request: web.Request) -> web.Response:
    """Answer with the bytes of a file."""
    app = core.state.app
    allowed = request.headers.get("Authorization") == f"Bearer {core.bot_token}" and "files:read" in app.scopes
    file = core.state.files.get(request.match_info["file"])
    if not allowed or not app.installed or app.token_revoked:
        page = "<!DOCTYPE html><title>Slack</title><p>Sign in to see this file.</p>"
        return web.Response(text=page, content_type="text/html")
    if not file or not any(app.bot_user in core.state.channels[one].members for one in file.channels):
        raise web.HTTPNotFound
    return web.Response(
        body=base64.b64decode(file.content),
        headers={
            "Content-Type": file.mimetype,
            "Content-Disposition": "attachment",
            "X-Content-Type-Options": "nosniff",
        },
    )
