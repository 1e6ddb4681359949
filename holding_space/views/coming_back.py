"""A passage that was kept a while ago comes back on the first page, now and then; the rule stands in the library."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from holding_space.domain import Kept
from holding_space.errors import LibraryError
from holding_space.library import COMING_BACK, OFF, Library, bring_back, put_away
from holding_space.views import pages, wiring
from holding_space.views.components import html, quiet
from holding_space.views.dates import month
from holding_space.views.kept_card import card_markup
from holding_space.views.session import sitting, try_to


def today() -> datetime:
    """Now, on this machine."""
    return datetime.now(tz=UTC).astimezone()


def draw() -> None:
    """The passage, if one comes back today. Never beside a sign of danger, and a fault of the file is told elsewhere."""
    conversation = sitting().conversation
    if not wiring.may_keep() or conversation.in_care or conversation.card:
        return
    try:
        library = wiring.library()
        one = bring_back(library, wiring.reader_id(), today().date())
    except LibraryError:
        return
    if one is not None:
        _card(library, one)


def _card(library: Library, one: Kept) -> None:
    reader = wiring.reader_id()
    when = month(one.kept_at)
    if one.kept_at.astimezone().year == today().year:
        when = when.split(" ")[0]
    with st.container(key="coming-back"):
        html('<hr class="hs-rule">')
        quiet(f"A passage you kept in {when}")
        html(card_markup(one))
        with st.container(horizontal=True):
            st.button("Put it away", type="tertiary", on_click=try_to, args=(lambda: put_away(library, reader),))
            st.button(
                "Bring none back",
                type="tertiary",
                on_click=try_to,
                args=(lambda: library.choose(reader, COMING_BACK, OFF),),
            )
            st.page_link(pages.KEPT, label="What you kept")


def choose(library: Library) -> None:
    """Let the reader have passages come back, or not."""
    reader = wiring.reader_id()
    st.toggle(
        "Bring a kept passage back now and then",
        value=library.choice(reader, COMING_BACK) != OFF,
        key="coming-back-on",
        on_change=_chosen,
        args=(library,),
        help="On the first page, at most one in a fortnight, and none that was kept in the last four weeks.",
    )


def _chosen(library: Library) -> None:
    value = "" if st.session_state["coming-back-on"] else OFF
    try_to(lambda: library.choose(wiring.reader_id(), COMING_BACK, value))
