"""Replies as a terminal shows them: wrapped text, or JSON for other programs."""

from __future__ import annotations

import json
import textwrap
from typing import TypeAlias

import click

from holding_space.conversation import Acknowledged, Aside, AskMore, Care, NothingClose, NothingMore, Reading
from holding_space.corpus import plain
from holding_space.engine import Engine
from holding_space.safety import care_for
from holding_space.safety import country as country_of

WIDTH = 78
Said: TypeAlias = Reading | AskMore | NothingClose | NothingMore | Acknowledged | Aside
"""Every reply but care, which is printed with the lines of a country."""
LENSES = {"feeling": "For what you feel", "other_side": "Another side, as one possibility", "step": "Something to try"}


def print_reading(engine: Engine, reading: Reading) -> None:
    """Print a reading."""
    if reading.card is not None:
        click.echo(
            wrapped("If any of this frightens you or somebody could get hurt: there is help, see the page Help now.")
            + "\n"
        )
    click.echo(wrapped(reading.opening))
    for found in reading.matches:
        passage = found.passage
        essay = engine.corpus.essay(passage.essay_id)
        click.echo(
            f"\n{'-' * WIDTH}\n{LENSES[passage.lens]}: {passage.heading}\nfrom “{essay.title if essay else passage.essay_id}”\n"
        )
        click.echo("\n\n".join(wrapped(paragraph) for paragraph in plain(passage.text).split("\n\n")))
        click.echo("\n" + wrapped(f"Nearest sentence: {plain(found.sentence.of(passage.text))}"))
        click.echo(wrapped(f"Chosen for your words: “{found.because}”") + "\n")
        for prompt in passage.prompts:
            click.echo(wrapped(f"- {prompt.ask} ({prompt.kind.replace('_', ' ')}, {prompt.minutes} min)"))


def print_care(reply: Care, country: str | None, *, structured: bool) -> None:
    """Print a care reply with the lines of the country that was named, or with the directories."""
    here = country_of(country.upper()) if country else None
    care = care_for(reply.screening, here, reply.times)
    ways = []
    for line in care.lines:
        how = [
            f"text {line.text}" if line.text else "",
            f"chat {line.chat}" if line.chat else "",
            f"ring {line.phone}" if line.phone else "",
        ]
        ways.append(f"{line.name}: {', '.join(part for part in how if part)}")
    ways += [f"{directory.name}: {directory.official_site}" for directory in care.directories if not care.lines]
    if structured:
        told = [care.acknowledge, care.limits, care.emergency, *care.more]
        click.echo(
            json.dumps(
                {"kind": "Care", "text": "\n".join(told), "help": ways, "matches": []}, ensure_ascii=False, indent=2
            )
        )
        return
    for paragraph in (care.acknowledge, care.limits, care.emergency):
        click.echo(wrapped(paragraph) + "\n")
    for way in ways:
        click.echo(f"  {way}")
    for paragraph in care.more:
        click.echo("\n" + wrapped(paragraph))


def as_structure(reply: Said) -> dict[str, object]:
    """A reply as values that JSON can hold."""
    if not isinstance(reply, Reading):
        return {"kind": type(reply).__name__, "text": reply.text, "matches": []}
    return {
        "kind": "Reading",
        "text": reply.opening,
        "help_card": reply.card is not None,
        "matches": [
            {
                "passage": m.passage.id,
                "essay": m.passage.essay_id,
                "heading": m.passage.heading,
                "lens": m.passage.lens,
                "score": round(m.score, 4),
                "text": m.passage.text,
                "sentence": m.sentence.of(m.passage.text),
                "because": m.because,
                "prompts": [{"ask": p.ask, "kind": p.kind, "minutes": p.minutes} for p in m.passage.prompts],
            }
            for m in reply.matches
        ],
    }


def wrapped(text: str) -> str:
    """Text broken at the width of a terminal, words left whole."""
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)
