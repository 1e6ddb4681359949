"""Reflect: the conversation. It draws and hands on; what is answered is decided in `holding_space.conversation`."""

from __future__ import annotations

from html import escape

import streamlit as st

from holding_space.conversation import (
    AskMore,
    Care,
    Exchange,
    NothingClose,
    Reading,
    not_meant,
    respond,
    screen_only,
    start_over,
)
from holding_space.engine import Engine, House
from holding_space.errors import HoldingSpaceError
from holding_space.views import closing, coming_back, wiring, words
from holding_space.views.care import draw_card, draw_care
from holding_space.views.components import fault, html, pending_fault, quiet, said
from holding_space.views.reading import draw_reading, opening_markup
from holding_space.views.session import CHAT, clear_draft, sitting

SHOWN = 3
"""Exchanges on the page; earlier ones come on request, because the number of elements decides how fast a page is."""
MOST_CHARACTERS = 100_000
_ANNOUNCED = {Reading: "Passages have been found.", Care: "A message with help has come."}


def draw() -> None:
    """The whole page."""
    try:
        opening = wiring.opening()
    except HoldingSpaceError as error:
        fault(error)
        draw_card(None)
        return
    found = sitting()
    engine = opening.engine
    if found.pending is not None and engine is not None:
        text, found.pending = found.pending, None
        with st.spinner("Looking through the library …"):
            found.take(text, respond(engine, found.conversation, text))
    pending_fault()
    if opening.error is not None:
        fault(opening.error)
        draw_card(None)
    if opening.house is not None:
        _table(opening, opening.house)


def _table(opening: wiring.Opening, house: House) -> None:
    """What was said and shown, what is waiting, and the field below."""
    found = sitting()
    # Danger is seen at once, with or without the model, and then nothing shown before stays on the page.
    heard = screen_only(house, found.conversation, found.pending) if found.pending is not None else found.conversation
    if found.closing and found.pending is None and not heard.in_care:
        closing.draw()
    elif found.pending is None and not found.exchanges:
        _welcome()
        coming_back.draw()
    elif found.exchanges and not (found.pending is not None and heard.in_care):
        _conversation(house, opening.engine)
    if found.pending is not None:
        said(found.pending)
        if heard.in_care:
            draw_care(Care(heard.screening, found.conversation.cares), len(found.exchanges), live=True)
        elif opening.error is None:
            html(f'<p class="hs-quiet" role="status">{escape(words.WAITING)}</p>')
    _below(opening)


def _welcome() -> None:
    html(
        f'<h1 class="hs-lead">{escape(words.INVITATION)}</h1><p>{escape(words.PROMISE)}</p>'
        '<p class="hs-quiet hs-small">Some have begun like this. Choose one to change it into your own.</p>'
    )
    with st.container(key="prompts-examples", gap="small"):
        for number, example in enumerate(words.EXAMPLES):
            st.button(f"“{example}”", key=f"example-{number}", type="tertiary", on_click=_begin_with, args=(example,))


def _begin_with(example: str) -> None:
    st.session_state[CHAT] = example


def _conversation(house: House, engine: Engine | None) -> None:
    found = sitting()
    count = len(found.exchanges)
    first = 0 if found.earlier else max(0, count - SHOWN)
    if found.conversation.in_care:
        # In care no passage is on the page, nor any shown before.
        first = max((i for i, e in enumerate(found.exchanges) if not isinstance(e.reply, Care)), default=-1) + 1
        html('<span class="st-key-no-drafts"></span>')
    elif first:
        st.button(f"Show {first} earlier", key="earlier", type="tertiary", on_click=_show_earlier)
    for number in range(first, count):
        _exchange(house, engine, found.exchanges[number], number, latest=number == count - 1)


def _show_earlier() -> None:
    sitting().earlier = True


def _exchange(house: House, engine: Engine | None, exchange: Exchange, number: int, *, latest: bool) -> None:
    reply = exchange.reply
    if exchange.said is not None:
        said(exchange.said)
    if latest:
        says = _ANNOUNCED.get(type(reply), "A reply has come.")
        html(f'<span data-hs-reply="{number + 1}" data-hs-says="{says}"></span>')
    if isinstance(reply, Care):
        draw_care(reply, number, live=latest)
        if latest:
            st.button("That is not what I meant", key=f"not-meant-{number}", type="tertiary", on_click=_not_meant)
        return
    if reply.card is not None:
        draw_card(reply.card)
    if isinstance(reply, Reading):
        html(opening_markup(reply.opening))
        live = latest or number in sitting().reopened
        draw_reading(house.corpus, reply, number, engine=engine if live else None)
        if not live and engine is not None:
            st.button("Take these up again", key=f"reopen-{number}", type="tertiary", on_click=_reopen, args=(number,))
    else:
        html(opening_markup(reply.text))
        if isinstance(reply, NothingClose) and latest:
            _nothing_close(house, number)
        if isinstance(reply, AskMore) and latest and not sitting().conversation.situation.messages:
            quiet("One or two sentences are enough.")


def _reopen(number: int) -> None:
    sitting().reopened |= {number}


def _nothing_close(house: House, number: int) -> None:
    shelves = ", ".join(theme.title.lower() for theme in house.corpus.themes)
    quiet(f"What it does have: {shelves}.")
    with st.expander("Tell whoever keeps this library"):
        quiet("A note to copy and send in your own way. Nothing is sent from here, and your words are not in it.")
        st.text_area(
            "A note to copy",
            value="I looked for something to read and your library had nothing close. It was about: ",
            key=f"note-to-publisher-{number}",
        )


def _not_meant() -> None:
    found = sitting()
    found.take(None, not_meant(found.conversation))


def _below(opening: wiring.Opening) -> None:
    found = sitting()
    if not opening.done:
        if found.pending is None:
            quiet(words.FAR_FROM_READY)
        wiring.rerun_when_done(opening)
    if found.exchanges:
        with st.container(horizontal=True, key="sitting"):
            st.button("Begin again", key="start-over", type="tertiary", on_click=_start_over)
            if not found.closing and not found.conversation.in_care:
                st.button("Close this conversation", key="close", type="tertiary", on_click=closing.close)
            if wiring.may_keep():
                st.toggle(
                    "Keep this conversation",
                    value=found.keep,
                    key=f"keep-conversation-{found.id}",
                    on_change=_keep_conversation,
                    help="Stored on this computer, so that it is here when you come back. Otherwise it is gone when the page is closed or loaded again.",
                    disabled=found.conversation.in_care,
                )
    # In a container of its own, and held at the bottom by the style sheet: Streamlit's own bottom scrolls to the end of
    # each reply, and a reply is read from its beginning.
    with st.container(key="ask"):
        st.chat_input(words.PLACEHOLDER, key=CHAT, max_chars=MOST_CHARACTERS, on_submit=_sent)


def _sent() -> None:
    text = st.session_state.get(CHAT)
    if not text:
        return
    found = sitting()
    # Words said while an earlier message still waits belong to it.
    found.pending = text if found.pending is None else f"{found.pending}\n{text}"
    found.writing, found.closing = None, False
    clear_draft("chat", text)


def _start_over() -> None:
    found = sitting()
    found.forget()
    answered = start_over(found.conversation)
    found.exchanges, found.reopened, found.keep, found.writing = (), frozenset(), False, None
    found.closing = False
    found.take(None, answered)


def _keep_conversation() -> None:
    found = sitting()
    found.keep = bool(st.session_state[f"keep-conversation-{found.id}"])
    if found.keep:
        found.store()
    else:
        found.forget()


draw()
