"""One kept thing on the page: its words as they were kept, what was written on it, and changing or removing that."""

from __future__ import annotations

from html import escape

import streamlit as st

from holding_space.corpus import render
from holding_space.domain import Answer, Kept
from holding_space.library import Fate, Library, since
from holding_space.views import pages, wiring, words
from holding_space.views.components import html, quiet, to_essay
from holding_space.views.dates import day
from holding_space.views.session import clear_draft, heed, sitting, try_to


def draw_card(library: Library, kept: Kept, answers: list[Answer]) -> None:
    """The whole card."""
    with st.container(key=f"card-{kept.id}"):
        # The note to a screen reader and to the eye: where it is from and when it was kept.
        html(card_markup(kept))
        _changed_since(kept)
        for one in answers:
            _answer(library, one)
        if kept.note:
            html(f'<p class="hs-written">{escape(kept.note)}</p>')
        if kept.tags:
            quiet(" · ".join(kept.tags))
        with st.expander("Note, tags, remove"):
            _edit(library, kept)
            _remove(library, kept, len(answers))


def card_markup(kept: Kept) -> str:
    """What was kept and where it is from. What was brought along is no essay's: it is shown letter for letter."""
    if kept.lens is None:
        source = f", {escape(kept.source)}" if kept.source else ""
        above = f'<p class="hs-lens">Brought along</p><h2 class="hs-heading">{escape(kept.essay_title)}</h2>'
        quote = f'<div class="hs-passage hs-kept hs-written">{escape(kept.quote)}</div>' if kept.quote else ""
    else:
        source = ""
        above = f'<p class="hs-lens">{words.LENS[kept.lens]}</p><h2 class="hs-heading">{escape(kept.heading)}</h2>'
        quote = f'<div class="hs-passage hs-kept">{render(kept.quote)}</div>'
    below = f'<p class="hs-source">From <em>{escape(kept.essay_title)}</em>{source}, kept on {day(kept.kept_at)}</p>'
    return above + quote + below


_FATES = {
    Fate.CHANGED: "The passage has been changed since. This is as you kept it.",
    Fate.MOVED: "The same words stand in another place now.",
    Fate.CUT: "The essay no longer has this passage. Your copy stays as it is.",
    Fate.GONE: "The essay is no longer in the library. Your copy stays as it is.",
}


def _changed_since(kept: Kept) -> None:
    """Say what became of the passage, and lead to where it stands now."""
    house = wiring.house()
    now = since(kept, house.corpus) if house is not None else None
    if now is None:
        return
    if now.fate in _FATES:
        quiet(_FATES[now.fate])
    if now.renamed and now.essay is not None:
        quiet(f"The essay is called “{now.essay.title}” now.")
    if now.passage is not None:
        label = "Read the essay" if now.fate is Fate.THERE else "Read it as it is now"
        to_essay(label, now.passage, f"read-{kept.id}")
    elif now.essay is not None and st.button("Read the essay", key=f"read-{kept.id}", type="tertiary"):
        st.switch_page(pages.ESSAYS, query_params={"essay": now.essay.id})


def _edit(library: Library, kept: Kept) -> None:
    note_key, tags_key = f"draft-note-{kept.id}", f"tags-{kept.id}"
    unsent = sitting().drafts.get(f"note-{kept.id}")
    st.text_area("Your note", value=kept.note if unsent is None else unsent, key=note_key)
    st.text_input("Tags, with commas between them", value=", ".join(kept.tags), key=tags_key)
    st.button("Save note and tags", key=f"edit-{kept.id}", on_click=_edited, args=(library, kept, note_key, tags_key))


def _edited(library: Library, kept: Kept, note_key: str, tags_key: str) -> None:
    reader, found = wiring.reader_id(), sitting()
    tags = [tag.strip() for tag in st.session_state[tags_key].split(",") if tag.strip()]
    note = st.session_state[note_key]
    if found.attempt(lambda: library.edit(reader, kept.id, note=note, tags=tags, version=kept.version)):
        clear_draft(f"note-{kept.id}", note)
        heed(note)
        st.toast("Saved.")


def _remove(library: Library, kept: Kept, answers: int) -> None:
    also = f" with {answers} written answer{'' if answers == 1 else 's'}" if answers else ""
    sure = st.checkbox(f"Remove this passage{also} for good", key=f"sure-{kept.id}")
    st.button(
        "Remove",
        key=f"remove-{kept.id}",
        disabled=not sure,
        on_click=try_to,
        args=(lambda: library.remove(wiring.reader_id(), kept.id),),
    )


def _answer(library: Library, one: Answer) -> None:
    html(
        f'<p class="hs-why">{escape(one.ask)}<br><span class="hs-small">{day(one.written_at)}</span></p>'
        f'<p class="hs-written">{escape(one.text)}</p>'
    )
    with st.expander("Change or remove this answer"):
        key = f"draft-edit-{one.id}"
        unsent = sitting().drafts.get(f"edit-{one.id}")
        st.text_area("Your answer", value=one.text if unsent is None else unsent, key=key)
        with st.container(horizontal=True):
            st.button("Save", key=f"save-{one.id}", on_click=_answer_edited, args=(library, one, key))
            st.button(
                "Remove",
                key=f"remove-{one.id}",
                type="tertiary",
                on_click=try_to,
                args=(lambda: library.remove_answer(wiring.reader_id(), one.id),),
            )


def _answer_edited(library: Library, one: Answer, key: str) -> None:
    reader, found = wiring.reader_id(), sitting()
    text = st.session_state[key]
    if found.attempt(lambda: library.edit_answer(reader, one.id, text, one.version)):
        clear_draft(f"edit-{one.id}", text)
        heed(text)
        st.toast("Saved.")
