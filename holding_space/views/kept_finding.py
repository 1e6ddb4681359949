"""Finding among what is kept: words, tag, essay, lens and month. Each choice offers only what there is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import streamlit as st

from holding_space.domain import Kept
from holding_space.library import Library
from holding_space.views import wiring, words
from holding_space.views.dates import month, month_of


def found_among(library: Library, everything: tuple[Kept, ...]) -> tuple[Kept, ...]:
    """Draw the search and return what it finds; everything where nothing is asked for."""
    reader = wiring.reader_id()
    containing = st.text_input(
        "Search what you kept", key="kept-search", placeholder="Search", label_visibility="collapsed"
    )
    tags = library.tags(reader)
    tag = st.pills("Tags", tags, key="kept-tag", label_visibility="collapsed") if tags else None
    with st.expander("By essay, kind or month"):
        titles = sorted({one.essay_title for one in everything}, key=str.casefold)
        essay = st.selectbox("Essay", titles, index=None, key="kept-essay", placeholder="Any essay")
        lenses = [lens for lens in words.LENS if any(one.lens is lens for one in everything)]
        lens = st.selectbox(
            "Kind", lenses, index=None, key="kept-lens", placeholder="Any kind", format_func=words.LENS.__getitem__
        )
        months = _months(one.kept_at for one in everything)
        when = st.selectbox("Kept in", list(months), index=None, key="kept-month", placeholder="Any month")
    if not (containing or tag or essay is not None or lens or when):
        return everything
    since, until = months[when] if when else (None, None)
    return library.kept(reader, containing=containing or "", tag=tag, essay=essay, lens=lens, since=since, until=until)


def _months(moments: Iterable[datetime]) -> dict[str, tuple[datetime, datetime]]:
    """Each month in which something was kept, newest first, with where it begins and ends."""
    return {month(moment): month_of(moment) for moment in sorted(moments, reverse=True)}
