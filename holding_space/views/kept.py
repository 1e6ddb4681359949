"""Kept: what the reader saved and wrote, to read, search, change, take along or delete."""

from __future__ import annotations

import streamlit as st

from holding_space.errors import LibraryError
from holding_space.library import Library
from holding_space.views import care, coming_back, kept_card, kept_transfer, pages, passphrase, readers, wiring
from holding_space.views.components import fault, html, open_library_or_say, pending_fault, quiet
from holding_space.views.kept_finding import found_among
from holding_space.views.kept_journal import draw_journal
from holding_space.views.session import sitting

A_PAGE = 20
BY_PASSAGE, BY_DAY = "By passage", "By day"


def draw() -> None:
    """The whole page."""
    html('<h1 class="hs-title">Kept</h1>')
    pending_fault()
    conversation = sitting().conversation
    if conversation.in_care or conversation.card:
        care.draw_card(conversation.screening)
    if conversation.in_care and not st.session_state.get("show-kept"):
        quiet("What you kept is still here.")
        st.button("Show what I kept", on_click=lambda: st.session_state.update({"show-kept": True}))
        return
    library = open_library_or_say()
    if library is None:
        return
    readers.log_in_or_out()
    try:
        _shelf(library)
    except LibraryError as error:
        fault(error)


def _shelf(library: Library) -> None:
    reader = wiring.reader_id()
    everything = library.kept(reader)
    if not everything:
        html(
            "<p>Nothing is kept yet. Under each passage there is a Save; what you write to a prompt is kept with its passage.</p>"
        )
        st.page_link(pages.REFLECT, label="Describe what is happening")
        kept_transfer.bringing(library)
        kept_transfer.wipe(library, 0, 0)
        return
    found = found_among(library, everything)
    answers = library.answers(reader)
    kept_transfer.export(library, everything, answers)
    if not found:
        quiet("Nothing that you kept fits all of this.")
    view = st.segmented_control(
        "How to look at it", (BY_PASSAGE, BY_DAY), default=BY_PASSAGE, key="kept-view", label_visibility="collapsed"
    )
    most = st.session_state.get("kept-most", A_PAGE)
    if view == BY_DAY:
        left = draw_journal(found, answers, most)
    else:
        left = max(0, len(found) - most)
        for kept in found[:most]:
            kept_card.draw_card(library, kept, [a for a in answers if a.kept_id == kept.id])
    if left:
        st.button(f"Show {min(A_PAGE, left)} more", on_click=_more, args=(most,))
    coming_back.choose(library)
    passphrase.manage()
    kept_transfer.bringing(library)
    kept_transfer.wipe(library, len(everything), len(answers))


def _more(most: int) -> None:
    st.session_state["kept-most"] = most + A_PAGE


draw()
