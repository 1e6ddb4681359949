"""The application around the script: start-up, readiness, unsent words, leaving."""

from __future__ import annotations

import logging
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from holding_space.errors import HoldingSpaceError
from holding_space.views import readers, wiring
from holding_space.views.shell import Shell

_LOG = logging.getLogger(__name__)
STATIC = Path(__file__).parent / "static"
MAX_DRAFT_BYTES = 400_000
_SERVED = frozenset(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file())


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Start opening the engine with the server, not with the first reader."""
    await run_in_threadpool(_begin)
    yield {}


def _begin() -> None:
    try:
        wiring.opening()
    except HoldingSpaceError as error:
        # The pages say it too; whoever started the server sees it here.
        print(f"Holding Space: {error}")


def say_fault(error: Exception) -> bool:
    """A fault nobody foresaw: the reader gets a calm line and the way to help; the log gets the kind and place of it only.

    A traceback could quote what the reader wrote.
    """
    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = f"{Path(place[0].filename).name}:{place[0].lineno}" if place else "?"
    _LOG.error("A page failed: %s at %s", type(error).__name__, where)
    st.html(
        '<div class="hs-care" role="alert"><p>Something in this page went wrong. What you kept is safe.</p>'
        '<p class="hs-quiet">Load the page again. If it happens again, tell whoever set it up: '
        f"{escape(type(error).__name__)} at {escape(where)}. Help now, at the top, works all the same.</p></div>"
    )
    return True


async def _healthz(_request: Request) -> Response:
    return PlainTextResponse("ok\n")


async def _readyz(_request: Request) -> Response:
    try:
        opened = wiring.opening()
    except HoldingSpaceError as error:
        return PlainTextResponse(f"{error}\n", status_code=503)
    if opened.engine is not None:
        return PlainTextResponse("ready\n")
    return PlainTextResponse(f"{opened.error or 'opening'}\n", status_code=503)


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _SERVED:
        return PlainTextResponse("not found\n", status_code=404)
    return FileResponse(STATIC / name, headers={"Cache-Control": "public, max-age=3600"})


async def _save_draft(request: Request) -> Response:
    """Keep words that are not sent yet. Another site's page cannot call this: it may not set the header."""
    reader = readers.reader_of(request.cookies)
    if request.headers.get("x-holding-space") != "1" or reader is None:
        return Response(status_code=403)
    body = await request.body()
    if len(body) > MAX_DRAFT_BYTES:
        return Response(status_code=413)
    try:
        draft = await request.json()
        place, text = draft["place"], draft["text"]
    except (ValueError, KeyError, TypeError):
        return Response(status_code=400)
    if not (isinstance(place, str) and isinstance(text, str) and 0 < len(place) <= 300):
        return Response(status_code=400)
    if wiring.was_just_sent(reader, place, text):
        return Response(status_code=204)
    try:
        await run_in_threadpool(lambda: wiring.library().save_draft(reader, place, text))
    except HoldingSpaceError as error:
        return JSONResponse({"fault": error.fault, "cure": error.cure}, status_code=503)
    return Response(status_code=204)


async def _leave(request: Request) -> Response:
    """The reader left in a hurry: unsent words and a kept conversation would be the first thing found here."""
    reader = readers.reader_of(request.cookies)
    if request.headers.get("x-holding-space") != "1" or reader is None:
        return Response(status_code=403)
    try:
        await run_in_threadpool(_forget_unsent, reader)
    except HoldingSpaceError as error:
        return JSONResponse({"fault": error.fault, "cure": error.cure}, status_code=503)
    return Response(status_code=204)


def _forget_unsent(reader: str) -> None:
    kept = wiring.library()
    for place in kept.drafts(reader):
        kept.clear_draft(reader, place)
    conversation = kept.conversation(reader)
    if conversation is not None:
        kept.forget_conversation(reader, conversation[0])


ROUTES = [
    Route("/healthz", _healthz),
    Route("/readyz", _readyz),
    Route("/hs/draft", _save_draft, methods=["PUT"]),
    Route("/hs/leave", _leave, methods=["POST"]),
    Route("/hs/{name:path}", _static),
]

MIDDLEWARE = [Middleware(Shell)]
