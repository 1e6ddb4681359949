"""A reading on the page: passages as quiet cards, prompts to choose from, and what can be done with each."""

from __future__ import annotations

from html import escape

import streamlit as st

from holding_space.conversation import Acknowledged, Reading, Request, answer, request
from holding_space.domain import Corpus, Kept, Match, Passage, Prompt
from holding_space.engine import Engine
from holding_space.views import wiring, words
from holding_space.views.components import html, keep, match_markup, to_essay, why_not_keeping
from holding_space.views.session import clear_draft, place, sitting

ANSWER_HEIGHT = 160


def draw_reading(corpus: Corpus, reading: Reading, number: int, *, engine: Engine | None) -> None:
    """Draw the passages of exchange `number`; with an engine they carry buttons, whose number is what makes a page slow."""
    if engine is None:
        for match in reading.matches:
            html(f'<div class="hs-rule"></div>{match_markup(match, corpus.essay(match.passage.essay_id))}')
        return
    kept = _kept_ids()
    for match in reading.matches:
        with st.container(key=place("card", number, match.passage.id)):
            html(match_markup(match, engine.corpus.essay(match.passage.essay_id)))
            _prompts(engine, match, number)
            _actions(engine, match, number, kept)
    with st.container(horizontal=True, key=f"requests-{number}"):
        for label, what in (("Their side", Request.THEIR_SIDE), ("Something to try", Request.SOMETHING_TO_TRY)):
            st.button(label, key=place("ask", number, what), on_click=_asked, args=(engine, what, None))


def _kept_ids() -> dict[str, Kept]:
    if not wiring.may_keep():
        return {}
    found: dict[str, Kept] = {}
    sitting().attempt(lambda: found.update({k.passage_id: k for k in wiring.library().kept(wiring.reader_id())}))
    return found


def _actions(engine: Engine, match: Match, number: int, kept: dict[str, Kept]) -> None:
    passage = match.passage
    here = place(number, passage.id)
    is_kept = passage.id in kept and kept[passage.id].quote == passage.text
    with st.container(horizontal=True, key=f"actions-{here}"):
        st.button(
            "Saved" if is_kept else "Save",
            key=f"save-{here}",
            disabled=is_kept or not wiring.may_keep(),
            help=None if wiring.may_keep() else why_not_keeping(),
            on_click=_save,
            args=(engine, passage),
        )
        for label, what in (("More like this", Request.MORE_LIKE_THIS), ("Not this one", Request.NOT_THIS_ONE)):
            st.button(
                label, key=place("do", here, what), type="tertiary", on_click=_asked, args=(engine, what, passage.id)
            )
        to_essay("Read the essay", passage, f"read-{here}")


def _prompts(engine: Engine, match: Match, number: int) -> None:
    passage, found = match.passage, sitting()
    if not passage.prompts:
        return
    with st.container(key=place("prompts", number, passage.id), gap="small"):
        html('<p class="hs-quiet hs-small">To write about, if you like. Each can be left alone.</p>')
        for index, prompt in enumerate(passage.prompts):
            here = place("answer", passage.id, index)
            label = f"{_plain_label(prompt.ask)} :gray[({words.KIND[prompt.kind]}, {words.minutes(prompt.minutes)})]"
            st.button(label, key=place("choose", number, here), type="tertiary", on_click=_toggle, args=(here,))
            if found.writing == here:
                with st.container(key=f"write-{here}"):
                    _write(engine, passage, prompt, here)
            elif found.acknowledged and found.acknowledged[0] == here:
                html(f'<p class="hs-ack hs-quiet hs-small" role="status">{escape(found.acknowledged[1])}</p>')


def _plain_label(text: str) -> str:
    """Button labels are Markdown: what an author wrote is shown as it stands."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]()#+-.!:$~<>|^" else c for c in text)


def _toggle(here: str) -> None:
    found = sitting()
    found.writing = None if found.writing == here else here


def _write(engine: Engine, passage: Passage, prompt: Prompt, here: str) -> None:
    found = sitting()
    key = f"draft-{here}"
    if key not in st.session_state and here in found.drafts:
        st.session_state[key] = found.drafts[here]
    st.text_area(prompt.ask, key=key, label_visibility="collapsed", height=ANSWER_HEIGHT, placeholder="Only for you")
    with st.container(horizontal=True):
        st.button(
            "Keep what I wrote",
            key=f"keep-{here}",
            type="primary",
            disabled=not wiring.may_keep(),
            help=None if wiring.may_keep() else why_not_keeping(),
            on_click=_answered,
            args=(engine, passage, prompt, here),
        )
        st.button("Not now", key=f"later-{here}", type="tertiary", on_click=_toggle, args=(here,))


def _asked(engine: Engine, what: Request, passage_id: str | None) -> None:
    found = sitting()
    found.take(None, request(engine, found.conversation, what, passage_id))


def _save(engine: Engine, passage: Passage) -> None:
    keep(passage, _title(engine, passage))


def _title(engine: Engine, passage: Passage) -> str:
    essay = engine.corpus.essay(passage.essay_id)
    return essay.title if essay else ""


def _answered(engine: Engine, passage: Passage, prompt: Prompt, here: str) -> None:
    """Keep an answer with its passage. Words are cleared from the field only once they are written to the disk."""
    found = sitting()
    text = str(st.session_state.get(f"draft-{here}", ""))
    if not text.strip():
        return
    kept = keep(passage, _title(engine, passage))
    if kept is None or not found.attempt(lambda: wiring.library().answer(wiring.reader_id(), kept.id, prompt, text)):
        return
    clear_draft(here, text)
    st.session_state[f"draft-{here}"] = ""
    found.writing = None
    answered = answer(engine, found.conversation, text)
    if isinstance(answered.reply, Acknowledged):
        # Said where it was written, so that the reader keeps their place.
        found.conversation, found.acknowledged = answered.conversation, (here, answered.reply.text)
        found.store()
    else:
        found.take(None, answered)


def opening_markup(text: str) -> str:
    """The line above a reading, or any other line of the program's own."""
    return f'<p class="hs-opening">{escape(text)}</p>'
