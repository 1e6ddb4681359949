"""Who is reading: the one reader of this machine, somebody who has logged in, or a guest, of whom nothing is stored.

Logins are Streamlit's own (`st.login`, OpenID Connect), set up by an `[auth]` section in its secrets file. A reader is known
by issuer and subject, which stay the same when a name or an address changes; only a hash of them is stored.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import streamlit as st
from streamlit import config
from streamlit.auth_util import get_cookie_with_chunks, get_origin_from_redirect_uri, get_secrets_auth_section
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from holding_space.library import LOCAL_READER


def hosted() -> bool:
    """Whether readers log in here."""
    return bool(get_secrets_auth_section())


def reader() -> str | None:
    """Who reads in this session; None for a guest."""
    if hosted():
        return identity(st.user.to_dict())
    return LOCAL_READER if only_this_machine() else None


def reader_of(cookies: Mapping[str, str]) -> str | None:
    """Who sent a request that belongs to no session; None for a guest, and for a cookie that this server did not sign."""
    if not hosted():
        return LOCAL_READER if only_this_machine() else None

    def signed(name: str) -> bytes | None:
        value = cookies.get(name)
        if value is None:
            return None
        found: bytes | None = decode_signed_value(get_cookie_secret(), name, value.encode("latin-1", "replace"))
        return found

    try:
        claims = json.loads(get_cookie_with_chunks(signed, USER_COOKIE_NAME) or b"null")
    except ValueError:
        return None
    if not isinstance(claims, dict) or claims.get("origin") != get_origin_from_redirect_uri():
        return None
    return identity(claims)


def identity(claims: Mapping[str, Any]) -> str | None:
    """The id of somebody who has logged in."""
    issuer, subject = claims.get("iss"), claims.get("sub")
    if not claims.get("is_logged_in") or not isinstance(issuer, str) or not isinstance(subject, str) or not subject:
        return None
    return "login-" + sha256(json.dumps([issuer, subject]).encode()).hexdigest()


def only_this_machine() -> bool:
    """Whether nobody but the owner of this machine can reach the server.

    On an open network every visitor would be the same reader, and find what the others wrote.
    """
    address = config.get_option("server.address") or ""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def log_in_or_out() -> None:
    """The way in or out, where readers log in."""
    if not hosted():
        return
    if reader() is None:
        st.button("Log in", key="log-in", on_click=st.login)
    else:
        st.button("Log out", key="log-out", type="tertiary", on_click=st.logout)
