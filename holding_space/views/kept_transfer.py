"""Taking along what is kept, and deleting it."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from holding_space.domain import Answer, Kept
from holding_space.library import Library, copies_put_aside, database_path, to_json, to_markdown
from holding_space.settings import load_settings
from holding_space.views import wiring
from holding_space.views.components import html, quiet
from holding_space.views.session import try_to


def export(everything: tuple[Kept, ...], answers: tuple[Answer, ...]) -> None:
    """Everything that is kept, as files to take along."""
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
        st.button(
            "Delete everything",
            disabled=not sure,
            on_click=try_to,
            args=(lambda: library.wipe(wiring.reader_id()),),
        )
