"""The map as a picture and as a list: pure functions from places to markup. Every foreign word is escaped.

The picture is made of placed links, not of SVG, which Streamlit takes out of a page's markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import atan2, degrees, hypot
from urllib.parse import urlencode

import numpy as np

from holding_space.corpus import plain, sentences
from holding_space.domain import Corpus, Essay, Lens, Passage
from holding_space.index import Places
from holding_space.views import words

EDGE = 4.5
"""Per cent of the picture's sides that stay empty."""
RATIO = 0.76
"""Height by width; the style sheet has it too."""
FIRST_LINE = 150
"""Characters of a first line that are shown on pointing."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What of the reader's is on the map: where the situation lies, which passages were shown, which are kept."""

    here: tuple[float, float] | None = None
    seen: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()


def draw(corpus: Corpus, places: Places, marks: Marks, *, by_theme: bool) -> str:
    """The picture with its legend. `places` has shape (passages, 2), in the corpus's order."""
    points = []
    for passage, (x, y) in zip(corpus.passages, places.tolist(), strict=True):
        essay = corpus.essay(passage.essay_id)
        kind = _kind(corpus, passage, by_theme=by_theme)
        points.append((passage.id in marks.seen, _point(passage, essay, x, y, kind, marks)))
    # Found passages are drawn last, above the others.
    dots = "".join(markup for _, markup in sorted(points, key=lambda p: p[0]))
    names = _names(corpus, places, marks) if by_theme else ""
    # The list below says the same in words; two thousand stops on the way to it would be none.
    inside = f"{_threads(corpus, places, marks)}{dots}{names}{_here(marks)}"
    return f'<div class="hs-map-frame"><div class="hs-map" aria-hidden="true">{inside}</div></div>{_legend(corpus, marks, by_theme=by_theme)}'


def listed(corpus: Corpus, marks: Marks) -> str:
    """The same as a list of links, essay by essay: for the keyboard and for screen readers."""
    parts = []
    if marks.seen:
        shown = [p for p in corpus.passages if p.id in marks.seen]
        parts.append(f"<h3>Found for your situation</h3><ul>{''.join(_item(p, marks) for p in shown)}</ul>")
    for essay in corpus.essays:
        items = "".join(_item(p, marks) for p in essay.passages)
        parts.append(f"<h3>{escape(essay.title)}</h3><ul>{items}</ul>")
    return f'<nav class="hs-map-list" aria-label="All passages">{"".join(parts)}</nav>'


def address(passage: Passage) -> str:
    """Where a passage is opened, relative to the app's root."""
    return escape("essays?" + urlencode({"essay": passage.essay_id, "at": passage.slug}))


def _point(passage: Passage, essay: Essay | None, x: float, y: float, kind: str, marks: Marks) -> str:
    first = sentences(passage.text)
    line = plain(first[0].of(passage.text)) if first else ""
    line = line if len(line) <= FIRST_LINE else line[: FIRST_LINE - 1].rsplit(" ", 1)[0] + " …"
    name = f"{passage.heading}, in {essay.title}" if essay else passage.heading
    found = " hs-found" if passage.id in marks.seen else ""
    ring = " hs-ringed" if passage.id in marks.kept else ""
    return (
        f'<a class="hs-go hs-dot hs-k-{kind}{found}{ring}" {_at(x, y)} href="{address(passage)}" tabindex="-1" '
        f'data-name="{escape(name)}" data-line="{escape(line)}"></a>'
    )


def _threads(corpus: Corpus, places: Places, marks: Marks) -> str:
    """Thin lines from the situation to what was found for it."""
    if marks.here is None:
        return ""
    found = []
    for (x, y), passage in zip(places.tolist(), corpus.passages, strict=True):
        if passage.id in marks.seen:
            across, down = (x - marks.here[0]), (y - marks.here[1]) * RATIO
            length, turn = hypot(across, down) * (100 - 2 * EDGE), degrees(atan2(down, across))
            found.append(
                f'<i class="hs-thread" style="{_place(*marks.here)};width:{length:.2f}%;rotate:{turn:.1f}deg"></i>'
            )
    return "".join(found)


def _here(marks: Marks) -> str:
    if marks.here is None:
        return ""
    side = " hs-left" if marks.here[0] > 0.7 else ""
    return f'<i class="hs-here-mark" {_at(*marks.here)}></i><span class="hs-here-name{side}" {_at(*marks.here)}>where you are</span>'


def _names(corpus: Corpus, places: Places, marks: Marks) -> str:
    """The themes' names, each where its passages stand closest together, and clear of what was named before it."""
    taken = [marks.here] if marks.here else []
    found = []
    for theme in corpus.themes:
        own = [i for i, p in enumerate(corpus.passages) if _first_theme(corpus.essay(p.essay_id)) == theme.id]
        if not own:
            continue
        among = np.linalg.norm(places[own][:, None] - places[own][None], axis=2)
        x, y = places[own[int(np.sort(among, axis=1)[:, :5].mean(axis=1).argmin())]].tolist()
        while any(abs(x - a) < 0.16 and abs(y - b) < 0.045 for a, b in taken):
            y += 0.045
        taken.append((x, y))
        found.append(f'<span class="hs-map-name" {_at(x, y)}>{escape(theme.title)}</span>')
    return "".join(found)


def _legend(corpus: Corpus, marks: Marks, *, by_theme: bool) -> str:
    kinds = _kinds(corpus, by_theme=by_theme)
    items = [f'<li><span class="hs-swatch hs-k-{kind}"></span>{escape(title)}</li>' for kind, title in kinds.items()]
    if marks.here is not None:
        items.append('<li><span class="hs-swatch hs-swatch-here"></span>where your situation lies</li>')
    if marks.seen:
        items.append('<li><span class="hs-swatch hs-swatch-found"></span>found for you</li>')
    if marks.kept:
        items.append('<li><span class="hs-swatch hs-swatch-kept"></span>kept by you</li>')
    label = "themes" if by_theme else "what a passage is for"
    return f'<ul class="hs-legend" aria-label="Colours: {label}">{"".join(items)}</ul>'


def _item(passage: Passage, marks: Marks) -> str:
    told = [words.LENS[passage.lens].lower()]
    told += ["found for you"] if passage.id in marks.seen else []
    told += ["kept"] if passage.id in marks.kept else []
    return (
        f'<li><a class="hs-go" href="{address(passage)}">{escape(passage.heading)}</a> '
        f'<span class="hs-quiet hs-small">{escape(", ".join(told))}</span></li>'
    )


def _kinds(corpus: Corpus, *, by_theme: bool) -> dict[str, str]:
    """What colours stand for, in order: the kind's class, and its title."""
    if not by_theme:
        return {f"lens-{lens}": words.LENS[lens] for lens in Lens}
    used = {_first_theme(essay) for essay in corpus.essays}
    found = {f"theme-{n}": theme.title for n, theme in enumerate(corpus.themes) if theme.id in used}
    return found if used <= {theme.id for theme in corpus.themes} else found | {"other": "Others"}


def _kind(corpus: Corpus, passage: Passage, *, by_theme: bool) -> str:
    if not by_theme:
        return f"lens-{passage.lens}"
    first = _first_theme(corpus.essay(passage.essay_id))
    return next((f"theme-{n}" for n, theme in enumerate(corpus.themes) if theme.id == first), "other")


def _first_theme(essay: Essay | None) -> str:
    return essay.themes[0] if essay and essay.themes else ""


def _at(x: float, y: float) -> str:
    return f'style="{_place(x, y)}"'


def _place(x: float, y: float) -> str:
    return f"left:{EDGE + x * (100 - 2 * EDGE):.2f}%;top:{EDGE + y * (100 - 2 * EDGE):.2f}%"
