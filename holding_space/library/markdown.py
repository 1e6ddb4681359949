"""What a reader keeps as one Markdown document, to read, print or give to somebody.

Every text in it is set down so that it shows as it was typed: a note that begins with `#` or holds `<script>`
is neither a heading nor a script. What Markdown cannot hold (NUL, control characters, half surrogate pairs)
shows as the replacement character; the JSON export keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from holding_space.domain import Answer, Kept, Lens

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""Written out, since strftime would follow the machine's language."""

_NOT_SHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_ANYWHERE = re.compile(r"[\\`*_\[<~|$#]|&(?=#?[0-9A-Za-z]+;)")
_AT_THE_START = re.compile(r"^(\d*)(?=[-+=:>]|(?<=\d)[.)])", re.ASCII)

_LENSES = {
    Lens.FEELING: "For what you feel",
    Lens.OTHER_SIDE: "Another side",
    Lens.STEP: "Something to try",
}


def to_markdown(kept: Iterable[Kept], answers: Iterable[Answer]) -> str:
    """A document of these kept things, with those of the answers that belong to them. Dates are in UTC."""
    written: dict[str, list[Answer]] = {}
    for answer in answers:
        written.setdefault(answer.kept_id, []).append(answer)
    blocks = ["# What I kept"]
    for one in kept:
        blocks.extend(_thing(one, written.get(one.id, [])))
    return "\n\n".join(blocks) + "\n"


def _thing(one: Kept, answers: Iterable[Answer]) -> list[str]:
    blocks = [f"## {_line(one.heading) or _line(one.essay_title) or 'A passage'}"]
    if quote := _paragraphs(one.quote):
        blocks.append(re.sub("^", "> ", quote, flags=re.MULTILINE).replace("> \n", ">\n"))
    blocks.append(f"From “{_line(one.essay_title)}”. {_LENSES[one.lens]}. Kept on {_day(one.kept_at)}.")
    if one.tags:
        blocks.append(f"**Tags:** {', '.join(map(_line, one.tags))}")
    if note := _paragraphs(one.note):
        blocks += ["**Note**", note]
    for answer in answers:
        blocks.append(f"**Prompt:** {_line(answer.ask)}")
        if text := _paragraphs(answer.text):
            blocks.append(text)
        blocks.append(f"Written on {_day(answer.written_at)}.")
    return blocks


def _day(moment: datetime) -> str:
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def _line(text: str) -> str:
    """The text on one line, for headings and labels."""
    return _escaped(" ".join(text.split()))


def _paragraphs(text: str) -> str:
    """The text with its paragraphs, line breaks and indents."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if not line.strip():
            paragraphs.append([])
            continue
        words = line.lstrip(" \t")
        indent = line[: len(line) - len(words)].replace("\t", "    ")
        # Markdown drops spaces at the start of a line, or takes four for code; no-break spaces stay.
        paragraphs[-1].append("\u00a0" * len(indent) + _escaped(words))
    return "\n\n".join("\\\n".join(lines) for lines in paragraphs if lines)


def _escaped(line: str) -> str:
    """One line in which no character means anything to Markdown."""
    shown = _NOT_SHOWN.sub("\ufffd", line)
    return _AT_THE_START.sub(r"\1\\", _ANYWHERE.sub(r"\\\g<0>", shown))
