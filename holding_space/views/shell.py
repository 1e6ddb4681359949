"""The page around the script: security headers, and this project's style sheet and script in Streamlit's own shell.

Every response says that nothing may be loaded from anywhere else. What need not be public is closed.
"""

from __future__ import annotations

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEAVE_TO = "https://www.bbc.co.uk/weather"
CLOSED = ("/_stcore/metrics", "/_stcore/agent")
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_AGENT_LINK = re.compile(r"<!--(?:(?!-->).)*?agent API.*?-->\s*<link rel=\"service-desc\"[^>]*/>", re.DOTALL)

WITHOUT_SCRIPT = (
    "<noscript><p>This library needs JavaScript, which is switched off in this browser.</p>"
    "<p>If you or somebody else is in danger, ring your local emergency number.</p></noscript>"
)


class Shell:
    """Closes what need not be public, sets the headers, and puts style and script into Streamlit's page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if any(closed in scope["path"] for closed in CLOSED):
            await PlainTextResponse("not found\n", status_code=404)(scope, receive, send)
            return
        # The page is rewritten, so it must come whole: not compressed, not "unchanged since".
        kept = [(k, v) for k, v in scope["headers"] if not _is_page(scope["path"]) or k not in _CONDITIONS]
        await self._app({**scope, "headers": kept}, receive, _Rewriter(send, page=_is_page(scope["path"])).send)


_CONDITIONS = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")


def _is_page(path: str) -> bool:
    """Whether it is Streamlit's own page. What lies under /media/ is a file to take along, an export in HTML too."""
    if "/media/" in path:
        return False
    return "." not in path.rsplit("/", 1)[-1] or path.endswith(".html")


class _Rewriter:
    """Holds back an HTML response until it is whole; passes everything else on as it comes."""

    def __init__(self, send: Send, *, page: bool) -> None:
        self._send = send
        self._page = page
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            if self._page and headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
            headers["Content-Security-Policy"] = policy("")
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            page = dressed(self._body.decode("utf-8"))
            body = page.encode("utf-8")
            headers = MutableHeaders(scope=self._start)
            headers["Content-Security-Policy"] = policy(page)
            headers["Content-Length"] = str(len(body))
            headers["Cache-Control"] = "no-store"
            for name in ("etag", "last-modified"):
                del headers[name]
            await self._send(self._start)
            message = {"type": "http.response.body", "body": body}
            self._start = None
        await self._send(message)


_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}


def dressed(page: str) -> str:
    """Streamlit's page with this project's style sheet, script, icon and neutral title."""
    if "</head>" not in page:
        return page
    page = _NOSCRIPT.sub(WITHOUT_SCRIPT, page)
    page = _AGENT_LINK.sub("", page)
    page = page.replace("<title>Streamlit</title>", "<title>Reading</title>")
    page = page.replace('href="./favicon.png"', 'href="./hs/icon.png"')
    ours = f'<link rel="stylesheet" href="./hs/page.css"><script src="./hs/page.js" data-leave-to="{LEAVE_TO}" defer></script>'
    return page.replace("</head>", f"{ours}</head>")


def policy(page: str) -> str:
    """A Content-Security-Policy under which this page loads from its own server only, and runs only the scripts in it."""
    hashes = "".join(
        f" 'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
        for code in _INLINE_SCRIPT.findall(page)
    )
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self'{hashes}",
            "style-src 'self' 'unsafe-inline'",  # Streamlit's styles are made in the browser
            "font-src 'self' data:",
            "img-src 'self' data: blob:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "media-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
