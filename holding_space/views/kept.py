"""Kept: what the reader saved and wrote, to read, search, change, take along or delete."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

import streamlit as st

from holding_space.corpus import render
from holding_space.domain import Answer, Kept
from holding_space.errors import LibraryError
from holding_space.library import Library, copies_put_aside, database_path, to_json, to_markdown
from holding_space.settings import load_settings
from holding_space.views import pages, wiring, words
from holding_space.views.care import draw_card
from holding_space.views.components import fault, html, open_library_or_say, pending_fault, quiet, to_essay
from holding_space.views.session import clear_draft, heed, sitting, try_to

A_PAGE = 20


def draw() -> None:
    """The whole page."""
    html('<h1 class="hs-title">Kept</h1>')
    pending_fault()
    conversation = sitting().conversation
    if conversation.in_care or conversation.card:
        draw_card(conversation.screening)
    if conversation.in_care and not st.session_state.get("show-kept"):
        quiet("What you kept is still here.")
        st.button("Show what I kept", on_click=lambda: st.session_state.update({"show-kept": True}))
        return
    library = open_library_or_say()
    if library is None:
        return
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
        return
    tags = library.tags(reader)
    containing = st.text_input(
        "Search what you kept", key="kept-search", placeholder="Search", label_visibility="collapsed"
    )
    tag = st.pills("Tags", tags, key="kept-tag", label_visibility="collapsed") if tags else None
    found = library.kept(reader, containing=containing or "", tag=tag) if containing or tag else everything
    answers = library.answers(reader)
    _export(library, everything, answers)
    if not found:
        quiet("Nothing that you kept has all of these words.")
    most = st.session_state.get("kept-most", A_PAGE)
    for kept in found[:most]:
        _card(library, kept, [a for a in answers if a.kept_id == kept.id])
    if len(found) > most:
        st.button(f"Show {min(A_PAGE, len(found) - most)} more", on_click=_more, args=(most,))
    _wipe(library, len(everything), len(answers))


def _more(most: int) -> None:
    st.session_state["kept-most"] = most + A_PAGE


def _card(library: Library, kept: Kept, answers: list[Answer]) -> None:
    with st.container(key=f"card-{kept.id}"):
        # The note to a screen reader and to the eye: where it is from and when it was kept.
        html(
            f'<p class="hs-lens">{words.LENS[kept.lens]}</p><h2 class="hs-heading">{escape(kept.heading)}</h2>'
            f'<div class="hs-passage hs-kept">{render(kept.quote)}</div>'
            f'<p class="hs-source">From <em>{escape(kept.essay_title)}</em>, kept on {_day(kept.kept_at)}</p>'
        )
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


def _changed_since(kept: Kept) -> None:
    house = wiring.house()
    if house is None:
        return
    now = house.corpus.passage(kept.passage_id)
    if now is None:
        quiet("This passage is no longer in the library. Your copy stays as it is.")
        return
    if now.text != kept.quote:
        quiet("The essay has been changed since. This is the passage as you kept it.")
    to_essay("Read the essay", now, f"read-{kept.id}")


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
        f'<p class="hs-why">{escape(one.ask)}<br><span class="hs-small">{_day(one.written_at)}</span></p>'
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


def _export(library: Library, everything: tuple[Kept, ...], answers: tuple[Answer, ...]) -> None:
    today = datetime.now(tz=UTC).date().isoformat()
    with st.container(horizontal=True, key="export"):
        # Callables: nothing is written out before somebody asks for it.
        st.download_button(
            "Export as Markdown",
            data=lambda: to_markdown(everything, answers),
            file_name=f"kept-{today}.md",
            mime="text/markdown",
            on_click="ignore",
        )
        st.download_button(
            "Export as JSON",
            data=lambda: to_json(everything, answers),
            file_name=f"kept-{today}.json",
            mime="application/json",
            on_click="ignore",
        )


def _wipe(library: Library, passages: int, answers: int) -> None:
    html('<hr class="hs-rule">')
    with st.expander("Delete everything"):
        html(
            f"<p>This deletes {passages} kept passage{'' if passages == 1 else 's'} and {answers} answer{'' if answers == 1 else 's'}, "
            "with every note, tag, unsent word and kept conversation, from this computer. It cannot be undone. "
            "An export made before stays yours.</p>"
        )
        aside = copies_put_aside(database_path(load_settings()))
        if aside:
            names = ", ".join(path.name for path in aside)
            quiet(f"Damaged copies that were put aside are not deleted by this; remove them by hand: {names}.")
        sure = st.checkbox("Delete all of it", key="sure-wipe")
        st.button(
            "Delete everything",
            disabled=not sure,
            on_click=try_to,
            args=(lambda: library.wipe(wiring.reader_id()),),
        )


def _day(moment: datetime) -> str:
    local = moment.astimezone()
    return f"{local.day} {local:%B %Y}"


draw()
