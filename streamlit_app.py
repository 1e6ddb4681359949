"""The app: page configuration and navigation, nothing else.

`streamlit run` reads this file twice over: once when the server starts, for the application around it (start-up,
security headers, drafts), and then as the script that every session runs.
"""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from holding_space.views import pages, server

if get_script_run_ctx(suppress_warning=True) is None:
    app = st.App(
        __file__,
        lifespan=server.lifespan,
        routes=server.ROUTES,
        middleware=server.MIDDLEWARE,
        on_script_error=server.say_fault,
    )
else:
    # A neutral title and icon: the tab may be seen by others.
    st.set_page_config(
        page_title="Reading", page_icon=str(pages.ICON), layout="centered", initial_sidebar_state="collapsed"
    )
    pages.navigation().run()
