"""Taking along what is kept, bringing it in again, and deleting it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from holding_space.domain import Answer, Kept
from holding_space.library import (
    Library,
    Restored,
    bring_in,
    copies_put_aside,
    database_path,
    read_file,
    to_folder,
    to_html,
    to_json,
    to_markdown,
)
from holding_space.settings import load_settings
from holding_space.views import wiring
from holding_space.views.components import html, quiet
from holding_space.views.session import sitting


def export(library: Library, everything: tuple[Kept, ...], answers: tuple[Answer, ...]) -> None:
    """Everything that is kept, as files to take along."""
    today = datetime.now(tz=UTC).date().isoformat()
    # Callables: nothing is written out before somebody asks for it. They run outside the session, which alone knows the reader.
    reader = wiring.reader_id()
    forms: tuple[tuple[str, Callable[[], str | bytes], str, str], ...] = (
        ("Export as Markdown", lambda: to_markdown(everything, answers), "md", "text/markdown"),
        ("Export as a folder of Markdown", lambda: to_folder(everything, answers), "zip", "application/zip"),
        ("Export as a web page", lambda: to_html(everything, answers), "html", "text/html"),
        (
            "Export as JSON",
            lambda: to_json(everything, answers, library.conversation(reader)),
            "json",
            "application/json",
        ),
    )
    with st.container(horizontal=True, key="export"):
        for label, data, ending, mime in forms:
            st.download_button(
                label,
                data=data,
                file_name=f"kept-{today}.{ending}",
                mime=mime,
                key=f"export-{ending}",
                on_click="ignore",
            )


def bringing(library: Library) -> None:
    """Bringing in what was exported here, or collected elsewhere."""
    done = st.session_state.pop("brought", None)
    if done:
        html(f'<p role="status">{done}</p>')
    with st.expander("Bring something in"):
        quiet(
            "A JSON file exported here comes back whole, and nothing is there twice, however often it is brought in. "
            "Highlights come from Readwise’s CSV file, Kindle’s “My Clippings.txt”, or Markdown notes, where they are the lines that "
            "begin with “>”. The file is read here and sent nowhere."
        )
        # A new key empties the field, and lets go of the file.
        turn = st.session_state.get("bring-turn", 0)
        files = st.file_uploader(
            "Files to bring in", type=["json", "csv", "txt", "md"], accept_multiple_files=True, key=f"bring-{turn}"
        )
        if files and st.button("Bring in", key="bring-in", type="primary"):
            _bring(library, [(file.name, file.getvalue()) for file in files])
            st.rerun()


def _bring(library: Library, files: list[tuple[str, bytes]]) -> None:
    """All files are read before any is brought in, so that a fault in the last leaves nothing half done."""
    found, done = sitting(), list[Restored]()
    st.session_state["bring-turn"] = st.session_state.get("bring-turn", 0) + 1

    def bring() -> None:
        brought = [read_file(name, content) for name, content in files]
        done.extend(bring_in(library, wiring.reader_id(), each) for each in brought)
        left_out = sum(each.left_out for each in brought)
        st.session_state["brought"] = (
            f"Brought in: {sum(each.added for each in done)} new, {sum(each.mended for each in done)} joined with what was "
            f"here, {sum(each.answers for each in done)} answers."
            + (f" {left_out} without words were left out." if left_out else "")
        )

    found.attempt(bring)


def wipe(library: Library, passages: int, answers: int) -> None:
    """Deleting everything, in one step that is asked for twice."""
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
        st.button("Delete everything", disabled=not sure, on_click=_wiped, args=(library,))


def _wiped(library: Library) -> None:
    """Nor may this session write back later what it still remembers."""
    found = sitting()
    if found.attempt(lambda: library.wipe(wiring.reader_id())):
        found.drafts.clear()
        found.keep = False
        st.session_state["sure-wipe"] = False
