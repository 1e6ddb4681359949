"""The pages, as files that navigation runs by path."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

HERE = Path(__file__).parent
ICON = HERE / "static" / "icon.png"

REFLECT, KEPT, ESSAYS, MAP, HELP_NOW, ABOUT = (
    str(HERE / f"{name}.py") for name in ("reflect", "kept", "essays", "map", "help_now", "about")
)


def navigation() -> Page:
    """The page that is asked for, within the navigation at the top."""
    return st.navigation(
        [
            st.Page(REFLECT, title="Reflect", default=True),
            st.Page(KEPT, title="Kept", url_path="kept"),
            st.Page(ESSAYS, title="Essays", url_path="essays"),
            st.Page(MAP, title="Map", url_path="map"),
            st.Page(HELP_NOW, title="Help now", url_path="help_now"),
            st.Page(ABOUT, title="About", url_path="about"),
        ],
        position="top",
    )
