"""What a reader keeps as Markdown, to read, print or give to somebody: one document, or a folder of them.

Every text in it is set down so that it shows as it was typed: a note that begins with `#` or holds `<script>`
is neither a heading nor a script. What Markdown cannot hold (NUL, control characters, half surrogate pairs)
shows as the replacement character; the JSON export keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

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

LENSES = {
    Lens.FEELING: "For what you feel",
    Lens.OTHER_SIDE: "Another side",
    Lens.STEP: "Something to try",
}


def to_markdown(kept: Iterable[Kept], answers: Iterable[Answer]) -> str:
    """A document of these kept things, with those of the answers that belong to them. Dates are in UTC."""
    written = by_thing(answers)
    blocks = ["# What I kept"]
    for one in kept:
        blocks.extend(_thing(one, written.get(one.id, []), "##"))
    return "\n\n".join(blocks) + "\n"


def to_folder(kept: Iterable[Kept], answers: Iterable[Answer]) -> bytes:
    """The same as a zip file of one document for each thing, with a list of them. The same things give the same bytes."""
    written = by_thing(answers)
    contents, names = ["# What I kept", ""], {"contents"}
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as folder:
        for one in kept:
            name = _name(one, names)
            folder.writestr(_entry(f"{name}.md"), "\n\n".join(_thing(one, written.get(one.id, []), "#")) + "\n")
            contents.append(f"- [{_title(one)}](<{name}.md>), kept on {day(one.kept_at)}")
        folder.writestr(_entry("contents.md"), "\n".join(contents) + "\n")
    return packed.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name)  # of a fixed time
    entry.compress_type = ZIP_DEFLATED
    return entry


def _name(one: Kept, names: set[str]) -> str:
    """A file name that any system takes, of which there is no other yet."""
    words = re.sub(r"[\W_]+", "-", shown(one.heading or one.essay_title).casefold())[:60].strip("-")
    first = name = f"{one.kept_at:%Y-%m-%d}-{words or 'a-passage'}"
    number = 2
    while name in names:
        name, number = f"{first}-{number}", number + 1
    names.add(name)
    return name


def by_thing(answers: Iterable[Answer]) -> dict[str, list[Answer]]:
    """The answers under the id of the kept thing that they belong to."""
    written: dict[str, list[Answer]] = {}
    for answer in answers:
        written.setdefault(answer.kept_id, []).append(answer)
    return written


def _title(one: Kept) -> str:
    return _line(one.heading) or _line(one.essay_title) or "A passage"


def _thing(one: Kept, answers: Iterable[Answer], level: str) -> list[str]:
    blocks = [f"{level} {_title(one)}"]
    if quote := paragraphs(one.quote):
        blocks.append(re.sub("^", "> ", quote, flags=re.MULTILINE).replace("> \n", ">\n"))
    source = f", {_line(one.source)}" if one.source.strip() else ""
    lens = f" {LENSES[one.lens]}." if one.lens else ""
    blocks.append(f"From “{_line(one.essay_title)}”{source}.{lens} Kept on {day(one.kept_at)}.")
    if one.tags:
        blocks.append(f"**Tags:** {', '.join(map(_line, one.tags))}")
    if note := paragraphs(one.note):
        blocks += ["**Note**", note]
    for answer in answers:
        blocks.append(f"**Prompt:** {_line(answer.ask)}")
        if text := paragraphs(answer.text):
            blocks.append(text)
        blocks.append(f"Written on {day(answer.written_at)}.")
    return blocks


def day(moment: datetime) -> str:
    """Such as "1 March 2026", of the moment's own zone."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def shown(text: str) -> str:
    """The text, with a replacement character for what no document can hold."""
    return _NOT_SHOWN.sub("\ufffd", text)


def _line(text: str) -> str:
    """The text on one line, for headings and labels."""
    return _escaped(" ".join(text.split()))


def paragraphs(text: str) -> str:
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
    return _AT_THE_START.sub(r"\1\\", _ANYWHERE.sub(r"\\\g<0>", shown(line)))
