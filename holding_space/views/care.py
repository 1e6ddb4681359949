"""Help on the page: the care reply, the quiet card, and the choice of a country. Needs no model, index or database."""

from __future__ import annotations

from html import escape

import streamlit as st

from holding_space.conversation import Care
from holding_space.errors import SafetyError
from holding_space.safety import (
    CareReply,
    Category,
    Country,
    Directory,
    Line,
    Screening,
    care_for,
    countries,
    country,
    directories,
    help_card,
)
from holding_space.views import pages
from holding_space.views.components import html, quiet

COUNTRY = "country-code"
WITHOUT_DATA = (
    "The list of help lines cannot be read here. If you or somebody else is in danger, ring your local emergency number. "
    "A person near you whom you trust can look up a help line with you."
)


def chosen_country() -> Country | None:
    """The country that the reader chose in this session. It is never guessed."""
    code = st.session_state.get(COUNTRY)
    return country(code) if code else None


def choose_country(key: str) -> None:
    """Let the reader choose whose help lines are shown."""
    known = {c.code: c.name for c in countries()}
    codes = sorted(known, key=lambda code: known[code])
    current = st.session_state.get(COUNTRY)
    st.selectbox(
        "Your country",
        codes,
        index=codes.index(current) if current in codes else None,
        format_func=lambda code: known[code],
        placeholder="Choose a country",
        key=key,
        on_change=lambda: st.session_state.update({COUNTRY: st.session_state[key]}),
        help="Used to show the right numbers while this page is open. It is not stored.",
    )


def draw_care(reply: Care, number: int, *, live: bool) -> None:
    """Draw a care reply; a live one lets the reader choose a country."""
    try:
        care = care_for(reply.screening, chosen_country(), reply.times)
    except SafetyError:
        html(f'<div class="hs-care"><p>{WITHOUT_DATA}</p></div>')
        return
    html(_care_markup(care))
    if live:
        choose_country(f"country-care-{number}")


def draw_card(screening: Screening | None) -> None:
    """Draw the quiet card that stands above a reading, or in place of one; None where nothing is known."""
    try:
        card = help_card(screening, chosen_country()) if screening else None
    except SafetyError:
        card = None
    words = (
        escape(card.acknowledge) if card else "If you or somebody else could be in danger, there are people to talk to."
    )
    lines = f"<ul>{''.join(line_markup(line) for line in card.lines)}</ul>" if card and card.lines else ""
    html(f'<div class="hs-care"><p>{words}</p>{lines}</div>')
    st.page_link(pages.HELP_NOW, label="Help now: people to talk to, by country")


def _care_markup(care: CareReply) -> str:
    emergency = f"<p><strong>{escape(care.emergency)}</strong></p>"
    parts = [f"<p>{escape(care.acknowledge)}</p>", f"<p>{escape(care.limits)}</p>"]
    # With an overdose or a pain in the chest the number stands above everything.
    parts.insert(0 if care.category is Category.EMERGENCY else 2, emergency)
    if care.lines:
        parts.append(f"<ul>{''.join(line_markup(line) for line in care.lines)}</ul>")
    elif care.directories:
        parts.append(f"<ul>{''.join(directory_markup(d) for d in care.directories)}</ul>")
    parts += [f"<p>{escape(more)}</p>" for more in care.more]
    return f'<div class="hs-care" role="region" aria-label="Help">{"".join(parts)}</div>'


def line_markup(line: Line) -> str:
    """One help line: how to reach it (text and chat first), when, for whom, and where and when this was read."""
    ways = []
    if line.text:
        ways.append(f"Text {escape(line.text)}")
    if line.chat:
        ways.append(f"Chat at {escape(line.chat)}")
    if line.phone:
        ways.append(f"Ring {escape(line.phone)}")
    about = [part for part in (line.hours, line.audience) if part]
    site = (
        f' <a href="{escape(line.official_site)}" rel="noreferrer">{escape(line.official_site)}</a>'
        if line.official_site
        else ""
    )
    read = f'<br><span class="hs-quiet hs-small">Read on {escape(line.checked_on)}; numbers change.</span>'
    return (
        f'<li><span class="hs-line-name">{escape(line.name)}</span><br>{" · ".join(ways)}'
        f"{'<br>' + escape(', '.join(about)) if about else ''}{'<br>' + site if site else ''}{read}</li>"
    )


def directory_markup(directory: Directory) -> str:
    """A list of help lines for many countries."""
    site = escape(directory.official_site)
    return f'<li><span class="hs-line-name">{escape(directory.name)}</span><br><a href="{site}" rel="noreferrer">{site}</a></li>'


def draw_everything() -> None:
    """All cleared lines of the chosen country, or the directories: the page Help now."""
    try:
        choose_country("country-help-now")
        here = chosen_country()
        number = here.emergency if here and here.emergency else "your local emergency number"
        html(f"<p><strong>In an emergency, ring {escape(number)}.</strong></p>")
        if here and here.lines:
            html(f'<ul class="hs-lines">{"".join(line_markup(line) for line in here.lines)}</ul>')
            return
        quiet(
            "No line there could be confirmed well enough to be shown. These lists cover many countries:"
            if here
            else "Choose your country above to see who can be reached there. These lists cover many countries:"
        )
        html(f"<ul>{''.join(directory_markup(d) for d in directories())}</ul>")
    except SafetyError:
        html(f'<div class="hs-care"><p>{WITHOUT_DATA}</p></div>')
