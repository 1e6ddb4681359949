"""Typing the passphrase of what is kept, setting one, and taking it away."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from holding_space.settings import load_settings
from holding_space.views import readers, wiring
from holding_space.views.session import sitting, take_up

TYPED, AGAIN = "passphrase-typed", "passphrase-again"
ABOUT = """\
A passphrase encrypts the file in which everything is kept. It protects from somebody who takes this computer, its disk, or a copy of the
file. It does not protect from somebody who uses this computer while the library is open, from a program that records the keyboard, or
from exports that you have made. Copies of the file made before, such as backups, stay readable; so may traces on the disk itself.

**If you forget it, nobody can open the file again.** Make an export first, and put it somewhere safe."""


def ask() -> None:
    """The field in which the passphrase is typed, where what is kept is closed."""
    with st.form("passphrase-open", clear_on_submit=True, border=False):
        st.text_input("Passphrase", type="password", key=TYPED, autocomplete="off")
        st.form_submit_button("Open", on_click=_open)


def _open() -> None:
    typed = _taken(TYPED)
    if sitting().attempt(lambda: wiring.open_with(typed)):
        take_up()


def manage() -> None:
    """Setting a passphrase or, where there is one, closing and taking it away."""
    if load_settings().database_url or readers.hosted():
        return
    with st.expander("Lock with a passphrase"):
        if wiring.has_passphrase():
            st.button("Close until the passphrase is typed again", key="passphrase-close", on_click=wiring.close_again)
            with st.form("passphrase-away", clear_on_submit=True, border=False):
                st.text_input("Passphrase", type="password", key=TYPED, autocomplete="off")
                st.form_submit_button("Take the passphrase away", on_click=_take_away)
            return
        st.markdown(ABOUT)
        with st.form("passphrase-set", clear_on_submit=True, border=False):
            st.text_input("New passphrase", type="password", key=TYPED, autocomplete="off")
            st.text_input("The same again", type="password", key=AGAIN, autocomplete="off")
            st.form_submit_button("Lock", on_click=_set)


def _set() -> None:
    typed, again = _taken(TYPED), _taken(AGAIN)
    _tell(lambda: wiring.set_passphrase(typed, again), "Locked. Whoever starts the program next needs the passphrase.")


def _take_away() -> None:
    typed = _taken(TYPED)
    _tell(lambda: wiring.take_passphrase_away(typed), "The passphrase is gone, and everything is still there.")


def _tell(action: Callable[[], None], done: str) -> None:
    if sitting().attempt(action):
        st.toast(done)


def _taken(key: str) -> str:
    """What was typed, which the session then forgets."""
    typed = str(st.session_state[key])
    st.session_state[key] = ""
    return typed
