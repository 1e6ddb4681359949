"""Drawing shared by pages. Readers' and authors' words are escaped here and shown letter for letter."""

from __future__ import annotations

from html import escape

import streamlit as st

from holding_space.corpus import render
from holding_space.domain import Essay, Kept, Match, Passage, Span
from holding_space.errors import HoldingSpaceError, PassphraseNeeded
from holding_space.library import Library
from holding_space.views import pages, passphrase, readers, wiring, words
from holding_space.views.session import sitting


def html(markup: str) -> None:
    """Draw markup in which every foreign word has been escaped."""
    st.html(markup)


def quiet(text: str) -> None:
    """A line in the background of the page."""
    html(f'<p class="hs-quiet hs-small">{escape(text)}</p>')


def fault(error: HoldingSpaceError) -> None:
    """Say what is wrong and what to do about it."""
    html(
        f'<div class="hs-care" role="alert"><p>{escape(error.fault)}</p><p class="hs-quiet">{escape(error.cure)}</p></div>'
    )


def pending_fault() -> None:
    """Say what went wrong in the run before, once."""
    found = sitting()
    if found.fault is not None:
        fault(found.fault)
        found.fault = None


def open_library_or_say() -> Library | None:
    """The library of kept things; None, with the reason on the page, when there is none."""
    if not wiring.may_keep():
        quiet(why_not_keeping())
        readers.log_in_or_out()
        return None
    try:
        return wiring.library()
    except PassphraseNeeded as error:
        fault(error)
        passphrase.ask()
        return None
    except HoldingSpaceError as error:
        fault(error)
        return None


def why_not_keeping() -> str:
    """Why nothing can be saved, and what can be done instead."""
    return words.GUEST if readers.hosted() else words.NOT_KEEPING


def said(text: str) -> None:
    """What the reader wrote."""
    html(f'<div class="hs-said">{escape(text)}</div>')


def passage_markup(passage: Passage, mark: Span | None = None) -> str:
    """A passage's words, with the answering sentence marked."""
    return f'<div class="hs-passage">{render(passage.text, mark)}</div>'


def match_markup(match: Match, essay: Essay | None) -> str:
    """A matched passage: lens, heading, words, why, and where it comes from."""
    passage = match.passage
    source = f"From <em>{escape(essay.title)}</em>" if essay else "From an essay that is no longer in the library"
    return (
        f'<p class="hs-lens">{words.LENS[passage.lens]}</p><h3 class="hs-heading">{escape(passage.heading)}</h3>'
        f"{passage_markup(passage, match.sentence)}"
        f'<p class="hs-why">Chosen for your words <q>{escape(match.because)}</q></p>'
        f'<p class="hs-source">{source}</p>'
    )


def keep(passage: Passage, essay_title: str) -> Kept | None:
    """Keep a passage, word for word as it stands; None, with the reason on the page, if it cannot be kept."""
    done: list[Kept] = []
    if sitting().attempt(lambda: done.append(wiring.library().keep(wiring.reader_id(), passage, essay_title))):
        st.toast("Saved, word for word. It is under Kept.")
    return done[0] if done else None


def to_essay(label: str, passage: Passage, key: str) -> None:
    """A way to the essay, at this passage."""
    if st.button(label, key=key, type="tertiary"):
        st.switch_page(pages.ESSAYS, query_params={"essay": passage.essay_id, "at": passage.slug})
