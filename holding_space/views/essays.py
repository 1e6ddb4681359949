"""Essays: the library by theme, and one essay to read, opened at a passage where one is named."""

from __future__ import annotations

from html import escape

import streamlit as st

from holding_space.domain import Corpus, Essay, Passage
from holding_space.errors import HoldingSpaceError
from holding_space.views import wiring, words
from holding_space.views.care import draw_card
from holding_space.views.components import fault, html, keep, passage_markup, pending_fault, quiet
from holding_space.views.session import place, sitting


def draw() -> None:
    """The whole page."""
    try:
        opening = wiring.opening()
    except HoldingSpaceError as error:
        fault(error)
        return
    if opening.house is None:
        if opening.error is not None:
            fault(opening.error)
        return
    pending_fault()
    conversation = sitting().conversation
    if conversation.in_care or conversation.card:
        draw_card(conversation.screening)
    if conversation.in_care:
        quiet("The essays are not the place for what you wrote. They are here again when you begin a new conversation.")
        return
    corpus = opening.house.corpus
    wanted = st.query_params.get("essay")
    essay = corpus.essay(wanted) if wanted else None
    if essay is not None:
        _essay(corpus, essay, st.query_params.get("at"))
    else:
        if wanted:
            quiet("That essay is not in the library (any more). Here is what there is.")
        _shelves(corpus)


def _shelves(corpus: Corpus) -> None:
    html(
        f'<h1 class="hs-title">Essays</h1><p class="hs-quiet">{len(corpus.essays)} essays, by what they are about.</p>'
    )
    named = {theme.id for theme in corpus.themes}
    shelves = [
        (theme.title, theme.about, [e for e in corpus.essays if theme.id in e.themes]) for theme in corpus.themes
    ]
    shelves.append(("Others", "", [e for e in corpus.essays if not named & set(e.themes)]))
    chosen = st.pills(
        "Themes", [title for title, _, essays in shelves if essays], key="theme", label_visibility="collapsed"
    )
    told: set[str] = set()
    for title, about, essays in shelves:
        # Without a theme chosen each essay stands once, on its first shelf.
        here = [e for e in essays if chosen == title or (chosen is None and e.id not in told)]
        if not here or chosen not in (None, title):
            continue
        told |= {e.id for e in here}
        html(
            f'<h2 class="hs-heading" style="margin-top:2rem">{escape(title)}</h2><p class="hs-quiet hs-small">{escape(about)}</p>'
        )
        for essay in here:
            with st.container(key=f"card-{place(title, essay.id)}"):
                html(
                    f'<h3 class="hs-heading">{escape(essay.title)}</h3><p>{escape(essay.summary)}</p>'
                    f'<p class="hs-source">{words.minutes(essay.minutes)} to read</p>'
                )
                st.button(
                    "Read", key=f"open-{place(title, essay.id)}", type="tertiary", on_click=_open, args=(essay.id,)
                )


def _open(essay_id: str | None) -> None:
    st.query_params.clear()
    if essay_id is not None:
        st.query_params["essay"] = essay_id


def _essay(corpus: Corpus, essay: Essay, at: str | None) -> None:
    st.button("All essays", key="all-essays", type="tertiary", on_click=_open, args=(None,))
    shelves = " · ".join(t.title for t in corpus.themes if t.id in essay.themes)
    by = f"{essay.author}, " if essay.author else ""
    html(
        f'<h1 class="hs-title">{escape(essay.title)}</h1><p class="hs-quiet"><em>{escape(essay.summary)}</em></p>'
        f'<p class="hs-source">{escape(by)}{words.minutes(essay.minutes)} to read{" · " + escape(shelves) if shelves else ""}</p>'
    )
    here_slug = f"{essay.id}/{at}" if at else None
    for passage in essay.passages:
        _passage(essay, passage, here=passage.id == here_slug)
    _colophon(essay)


def _passage(essay: Essay, passage: Passage, *, here: bool) -> None:
    html(
        f'<div class="hs-essay{" hs-here" if here else ""}"><h2 id="{escape(passage.slug)}">{escape(passage.heading)}</h2>'
        f"{passage_markup(passage)}</div>"
    )
    if wiring.may_keep():
        st.button(
            "Save this passage",
            key=f"save-{place(passage.id)}",
            type="tertiary",
            on_click=_keep,
            args=(passage, essay.title),
        )


def _keep(passage: Passage, title: str) -> None:
    keep(passage, title)


def _colophon(essay: Essay) -> None:
    reviewed = "Nobody has reviewed it" if essay.reviewed.lower() in ("", "none") else f"Reviewed: {essay.reviewed}"
    licence = f" Licence: {essay.licence}." if essay.licence else ""
    sources = "".join(f"<li>{escape(source)}</li>" for source in essay.sources)
    html(
        f'<hr class="hs-rule"><p class="hs-quiet hs-small">{escape(reviewed)}.{escape(licence)}</p>'
        + (
            f'<p class="hs-quiet hs-small">What it rests on:</p><ul class="hs-quiet hs-small">{sources}</ul>'
            if sources
            else ""
        )
    )
    st.button("All essays", key="all-essays-below", type="tertiary", on_click=_open, args=(None,))


draw()
