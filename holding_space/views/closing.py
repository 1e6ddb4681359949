"""Closing a conversation: what was kept of it, one if-then plan, and both to take along."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

import streamlit as st

from holding_space.conversation import Exchange, Reading
from holding_space.domain import Answer, Kept, Passage, Prompt, PromptKind
from holding_space.errors import LibraryError
from holding_space.library import Closing, Plan
from holding_space.views import kept_card, wiring
from holding_space.views.care import draw_card
from holding_space.views.components import fault, html, quiet
from holding_space.views.session import clear_draft, heed, sitting

WHEN, THEN = "plan-when", "plan-then"
ASK = "One plan for the next time: if something happens, what will you do?"


def draw() -> None:
    """The whole page."""
    found = sitting()
    if found.conversation.card:
        draw_card(found.conversation.card)
    html('<h1 class="hs-title">Before you go</h1>')
    try:
        kept, answers = _kept_of(found.exchanges)
    except LibraryError as error:
        fault(error)
        kept, answers = (), ()
    for one in kept:
        html(kept_card.card_markup(one))
        for answer in (answer for answer in answers if answer.kept_id == one.id):
            html(f'<p class="hs-why">{escape(answer.ask)}</p><p class="hs-written">{escape(answer.text)}</p>')
    if not kept:
        quiet("Nothing of this conversation is kept.")
    plan = _plan(kept)
    closing = Closing(kept, answers, plan, datetime.now(tz=UTC).astimezone())
    today = closing.at.date().isoformat()
    with st.container(horizontal=True, key="closing"):
        st.download_button(
            "Take this page along", closing.as_html, f"{today}.html", "text/html", key="closing-html", on_click="ignore"
        )
        st.download_button(
            "The same as Markdown",
            closing.as_markdown,
            f"{today}.md",
            "text/markdown",
            key="closing-md",
            on_click="ignore",
        )
        st.button("Back to the conversation", key="closing-back", type="tertiary", on_click=_back)


def _kept_of(exchanges: tuple[Exchange, ...]) -> tuple[tuple[Kept, ...], tuple[Answer, ...]]:
    """What is kept of the passages that were shown in the conversation, and what was written on it.

    For a guest nothing is kept; they take along what they were shown.
    """
    shown = {
        match.passage.id: match.passage for e in exchanges if isinstance(e.reply, Reading) for match in e.reply.matches
    }
    if not wiring.may_keep():
        return tuple(map(_unkept, shown.values())), ()
    library, reader = wiring.library(), wiring.reader_id()
    kept = tuple(one for one in library.kept(reader) if one.passage_id in shown)
    ids = {one.id for one in kept}
    return kept, tuple(answer for answer in library.answers(reader) if answer.kept_id in ids)


def _unkept(passage: Passage) -> Kept:
    house = wiring.house()
    essay = house.corpus.essay(passage.essay_id) if house else None
    return Kept(
        id=passage.id,
        reader_id="",
        passage_id=passage.id,
        quote=passage.text,
        essay_title=essay.title if essay else "",
        heading=passage.heading,
        lens=passage.lens,
        note="",
        tags=(),
        kept_at=datetime.now(tz=UTC),
    )


def _plan(kept: tuple[Kept, ...]) -> Plan:
    """Two fields. What stands in them is a draft until it is kept with a passage, or taken along."""
    html(
        '<h2 class="hs-heading">One plan, if you like</h2>'
        '<p class="hs-quiet hs-small">A plan holds best when it names the moment and one small thing to do then. '
        "“If it is midnight and I want to write to her, then I will put the phone in the kitchen.”</p>"
    )
    for place, label in ((WHEN, "If …"), (THEN, "then I will …")):
        if f"draft-{place}" not in st.session_state and place in sitting().drafts:
            st.session_state[f"draft-{place}"] = sitting().drafts[place]
        st.text_area(label, key=f"draft-{place}", height=80)
    plan = _written()
    if kept and plan.text and wiring.may_keep():
        st.button("Keep this plan", key="keep-plan", on_click=_keep, args=(kept[0],))
    return plan


def _written() -> Plan:
    return Plan(str(st.session_state.get(f"draft-{WHEN}", "")), str(st.session_state.get(f"draft-{THEN}", "")))


def _keep(one: Kept) -> None:
    """With the passage that was kept last. The fields are emptied only once the words are on the disk."""
    plan, found = _written(), sitting()
    prompt = Prompt(ASK, PromptKind.PLAN, 2)
    if not found.attempt(lambda: wiring.library().answer(wiring.reader_id(), one.id, prompt, plan.text)):
        return
    for place, text in ((WHEN, plan.when), (THEN, plan.then)):
        clear_draft(place, text)
        st.session_state[f"draft-{place}"] = ""
    heed(plan.text)
    if found.conversation.in_care:
        found.closing = False
    st.toast("Kept. It is under Kept, with the passage.")


def _back() -> None:
    sitting().closing = False


def close() -> None:
    """Open this page, from a button of the conversation."""
    sitting().closing = True
