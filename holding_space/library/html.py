"""What a reader keeps as one HTML file that opens anywhere, without a network and without a script.

The template escapes every text; the file itself forbids, by its Content-Security-Policy, that anything be loaded or run.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from holding_space.corpus import render
from holding_space.domain import Answer, Kept
from holding_space.library.markdown import LENSES, by_thing, day, shown

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _quote(one: Kept) -> Markup | str:
    """An essay's passage has emphasis in it; what was brought along is shown letter for letter."""
    return Markup(render(shown(one.quote))) if one.lens else shown(one.quote)


_TEMPLATES.filters.update(shown=shown, day=day, quote=_quote, lens=lambda one: LENSES.get(one.lens, ""))


def to_html(kept: Iterable[Kept], answers: Iterable[Answer]) -> str:
    """A document of these kept things, with those of the answers that belong to them. Dates are in UTC."""
    return render_page("kept.html", kept=tuple(kept), answers=by_thing(answers))


def render_page(template: str, **values: object) -> str:
    """A standalone page from one of the templates."""
    return _TEMPLATES.get_template(template).render(values)
