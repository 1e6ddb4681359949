"""About: how the matching works, what is stored where, what the program cannot do."""

from __future__ import annotations

from html import escape

import streamlit as st

from holding_space.encoders import larger, spec_of
from holding_space.engine import larger_is_missed
from holding_space.errors import HoldingSpaceError
from holding_space.library import stored_where
from holding_space.settings import load_settings
from holding_space.views import pages, readers, wiring
from holding_space.views.components import fault, html, quiet, why_not_keeping


def draw() -> None:
    """The whole page."""
    html(
        '<h1 class="hs-title">About</h1>'
        "<p>Holding Space is a library of essays with a search in it that goes by meaning. You describe what is happening between you "
        "and someone you love; it looks for the passages that speak most closely to that, and shows them as they were written. "
        "Every sentence of an essay stands in a file that anyone can read, question and correct.</p>"
        '<h2 class="hs-heading">How a passage is found</h2>'
        "<p>A small language model, which runs on this computer, turns what you wrote into a list of numbers, so that texts of like "
        "meaning have like numbers. The same was done beforehand with every passage, and with lines that say which situations it is "
        "for. A library can also come with examples: invented messages for which somebody who had read all of it chose the passages. The "
        "essays that came with this program do, and a passage is then shown because the examples call for it, too. At most three are shown at "
        "a time and two of one essay, and none when nothing is close. Nothing is learnt from what you write, and the "
        f"model writes nothing. It is often right and sometimes wrong; “Not this one” is there for that.{_smaller()}</p>"
        "<p>A passage about the other person’s side is one possibility among several. Nobody but that person knows.</p>"
        '<h2 class="hs-heading">What is stored, and where</h2>'
    )
    _stored()
    html(
        '<h2 class="hs-heading">What it cannot do</h2>'
        "<p>It cannot help in an emergency, and it cannot tell whether you are safe. It looks for signs of danger in what you write, and "
        "it misses some: that no help was shown means nothing at all. Help now stands on every page.</p>"
        "<p>It is not therapy, gives no diagnosis and no advice on law or medicine, and cannot judge who is right. It knows English only. "
        "Nobody clinical has reviewed the essays that come with it; under each essay it says who has, if anybody.</p>"
        "<p>It cannot protect what you write from somebody who uses this computer unlocked or watches it. “Leave this page”, or Shift "
        "pressed three times, blanks the page, deletes what you had not sent and opens a weather page. The browser’s history still lists "
        "that you were here.</p>"
    )
    _library()
    st.page_link(pages.HELP_NOW, label="Help now")


def _smaller() -> str:
    """Said where passages could be chosen better."""
    house = wiring.opening().house
    if house is None:
        return ""
    try:
        missed = larger_is_missed(
            house.settings, spec_of(house.settings.encoder), [p.id for p in house.corpus.passages]
        )
    except HoldingSpaceError:  # told where the engine is opened
        return ""
    return (
        f" The larger language model, which learnt more, is not installed here. {escape(larger.INSTALL)}"
        if missed
        else ""
    )


def _stored() -> None:
    if not wiring.may_keep():
        quiet(why_not_keeping())
        readers.log_in_or_out()
        return
    try:
        where = stored_where(load_settings())
    except HoldingSpaceError as error:
        fault(error)
        return
    html(
        f"<p>Nothing you write is sent anywhere{_beyond()}. These are stored, and nothing else is: passages you save and quotations you "
        "bring in, your notes, tags and answers, the list of their words for the search, words you have begun and not sent (until you send or "
        "delete them), which kept passage came back last, and a conversation if you switch on “Keep this conversation”; never one in which "
        "danger was seen. What you read, search or type otherwise is not stored, and no log holds your words.</p>"
        "<p>Under Kept you can export all of it, bring it in again, or delete it in one step, which overwrites it. Exports and backups "
        "made before are not reached by that, nor what a disk keeps of its own accord.</p>"
        f"<p>{_lock()} It cannot protect from somebody who uses this computer while the library is open, or watches it.</p>"
        f'<p class="hs-small hs-quiet">Where: <code>{escape(where)}</code></p>'
    )
    readers.log_in_or_out()


def _beyond() -> str:
    return (
        " but to the server that you have logged in to, whose keeper can read what is stored"
        if readers.hosted()
        else ""
    )


def _lock() -> str:
    if readers.hosted():
        return "You are known here by a hash of your login, not by a name."
    if wiring.has_passphrase():
        return "The file is encrypted with your passphrase; without it nobody can open the file."
    return "The file is not encrypted. Under Kept you can lock it with a passphrase."


def _library() -> None:
    house = wiring.house()
    if house is not None:
        passages = len(house.corpus.passages)
        quiet(f"This library holds {len(house.corpus.essays)} essays with {passages} passages.")


draw()
