"""Map: the library as a picture, with the reader's situation and what was found for it marked on it."""

from __future__ import annotations

import streamlit as st

from holding_space.engine import Engine
from holding_space.errors import HoldingSpaceError
from holding_space.views import picture, wiring
from holding_space.views.care import draw_card
from holding_space.views.components import fault, html, quiet
from holding_space.views.session import sitting

BY_LENS, BY_THEME = "By what it is for", "By theme"


def draw() -> None:
    """The whole page."""
    html('<h1 class="hs-title">Map</h1>')
    try:
        opening = wiring.opening()
    except HoldingSpaceError as error:
        fault(error)
        return
    conversation = sitting().conversation
    if conversation.in_care or conversation.card:
        draw_card(conversation.screening)
    if conversation.in_care:
        quiet("The library is not the place for what you wrote. It is here again when you begin a new conversation.")
        return
    if opening.engine is not None:
        _map(opening.engine)
    elif opening.error is not None:
        fault(opening.error)
    else:
        quiet("The library is being opened, which takes about ten seconds after a start.")
        wiring.rerun_when_done(opening)


def _map(engine: Engine) -> None:
    html(
        "<p>Every point is a passage. Points that lie close together speak of like things; the directions mean nothing. "
        "Point at one to see what it is, and open it with a click. Below, the same stands as a list.</p>"
    )
    shade = st.segmented_control(
        "Colour", [BY_LENS, BY_THEME], default=BY_LENS, key="map-colour", label_visibility="collapsed"
    )
    marks = _marks(engine)
    drawn = picture.draw(engine.corpus, engine.matcher.places, marks, by_theme=shade == BY_THEME)
    html(drawn)
    if marks.here is None:
        quiet(
            "When you have described something under Reflect, its place appears here. It is worked out anew each time and stored nowhere."
        )
    with st.expander("The same as a list"):
        html(picture.listed(engine.corpus, marks))


def _marks(engine: Engine) -> picture.Marks:
    """What of the reader's is on the map: only while this page is drawn."""
    found = sitting()
    situation = found.conversation.situation
    here = engine.matcher.locate(situation) if situation.messages and found.conversation.seen else None
    kept: set[str] = set()
    if wiring.may_keep():
        found.attempt(lambda: kept.update(k.passage_id for k in wiring.library().kept(wiring.reader_id())))
    return picture.Marks(here, found.conversation.seen, frozenset(kept))


draw()
