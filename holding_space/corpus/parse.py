"""One file to one Essay, or to the list of everything that is wrong with it.

A described essay names its passages in the front matter, and the body follows them heading by heading. A plain
essay is a title and prose: its passages are its sections, and general prompts are added when the corpus is loaded.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from holding_space.corpus.frontmatter import (
    EssayFields,
    PassageFields,
    YamlText,
    read_fields,
    read_yaml,
    split_front_matter,
)
from holding_space.corpus.prose import Section, sections, title_heading
from holding_space.corpus.rules import Problem, Rule
from holding_space.domain import Essay, Lens, Passage, Prompt, SafeIf, Span

MAX_BYTES = 1_000_000
_FILE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.md")


def parse_file(path: Path) -> tuple[Essay | None, tuple[Problem, ...]]:
    """Read an essay. The essay is None when any problem is an error."""
    if not _FILE_NAME.fullmatch(path.name):
        return None, (Problem(Rule.BAD_FILE_NAME, path, 0, "The file's name is the essay's id and cannot be used."),)
    raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        return None, (Problem(Rule.TOO_LARGE, path, 0, f"The file has {len(raw):,} bytes; the most is {MAX_BYTES:,}."),)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return None, (Problem(Rule.NOT_UTF8, path, line, "There is a byte here that is not UTF-8 text."),)
    return parse_text(text.replace("\r\n", "\n").replace("\r", "\n"), path)


def parse_text(text: str, path: Path) -> tuple[Essay | None, tuple[Problem, ...]]:
    """Read an essay's text as if it stood in the file `path`."""
    problems = _control_characters(text, path)
    header, body, body_line = split_front_matter(text)
    if header is not None and body_line == 0:
        problems.append(Problem(Rule.FRONT_MATTER_OPEN, path, 1, "The front matter is never closed."))
        return None, tuple(problems)
    if header is None:
        titled = title_heading(body)
        if titled is None:
            problems.append(Problem(Rule.NO_TITLE, path, 1, "The essay has no title."))
            return None, tuple(problems)
        title, body = titled
        found = YamlText({"title": title}, {(): 1})
    else:
        found = read_yaml(header, path, first_line=2)
    fields = read_fields(EssayFields, found, path)
    problems += found.problems
    if fields is None:
        return None, tuple(problems)
    parts = [Section(s.heading, s.text, s.line + body_line - 1) for s in sections(body)]
    passages = (
        _described(fields, parts, found, path, problems) if fields.passages else _plain(fields, parts, path, problems)
    )
    if any(problem.is_error for problem in problems):
        return None, tuple(problems)
    essay = Essay(
        id=path.stem,
        title=fields.title,
        passages=passages,
        summary=fields.summary.strip(),
        author=fields.author.strip(),
        licence=fields.licence.strip(),
        themes=fields.themes,
        reviewed=fields.reviewed.strip(),
        sources=fields.sources,
    )
    return essay, tuple(problems)


def _control_characters(text: str, path: Path) -> list[Problem]:
    problems = []
    for number, line in enumerate(text.split("\n"), start=1):
        bad = [c for c in line if unicodedata.category(c) == "Cc" and c != "\t"]
        if bad:
            problems.append(
                Problem(Rule.CONTROL_CHARACTER, path, number, f"There is a control character (U+{ord(bad[0]):04X}).")
            )
    return problems


def _described(
    fields: EssayFields, parts: list[Section], found: YamlText, path: Path, problems: list[Problem]
) -> tuple[Passage, ...]:
    named = {}
    for index, passage in enumerate(fields.passages):
        if passage.id in named:
            line = found.line(("passages", index, "id"))
            problems.append(Problem(Rule.DUPLICATE_ID, path, line, f"The passage id {passage.id!r} stands twice."))
        named[passage.id] = passage
    for index in range(max(len(parts), len(fields.passages))):
        wanted = fields.passages[index].heading if index < len(fields.passages) else None
        part = parts[index] if index < len(parts) else None
        if part is None:
            line = found.line(("passages", index, "heading"))
            problems.append(
                Problem(Rule.HEADINGS_DIFFER, path, line, f"The passage {wanted!r} has no '##' heading in the body.")
            )
            break
        if wanted != part.heading:
            here = f"the heading {part.heading!r}" if part.heading else "prose before the first heading"
            due = f"the heading {wanted!r} is due" if wanted else "all passages of the front matter are used up"
            problems.append(Problem(Rule.HEADINGS_DIFFER, path, part.line, f"Here stands {here}, but {due}."))
            break
        if _asks_the_hurt_to_see_the_other_side(fields.passages[index]):
            line = found.line(("passages", index, "safe_if"))
            fault = f"{wanted!r} shows another side and is marked safe for abuse."
            problems.append(Problem(Rule.OTHER_SIDE_SAFE_FOR_ABUSE, path, line, fault))
        if not part.text:
            problems.append(Problem(Rule.EMPTY_PASSAGE, path, part.line, f"There is no prose under {wanted!r}."))
        for number, answer in enumerate(fields.passages[index].answers):
            if _span_of(answer, part.text) is None:
                line = found.line(("passages", index, "answers", number))
                fault = f"An answer of {wanted!r} does not stand in its prose: {answer[:60]!r}."
                problems.append(Problem(Rule.ANSWER_NOT_THERE, path, line, fault))
    return tuple(_passage(path.stem, f, part.text) for f, part in zip(fields.passages, parts, strict=False))


def _span_of(words: str, text: str) -> Span | None:
    """Where words stand in a text, however its lines are broken."""
    found = re.search(r"\s+".join(map(re.escape, words.split())), text)
    return Span(found.start(), found.end()) if found else None


def _asks_the_hurt_to_see_the_other_side(fields: PassageFields) -> bool:
    """Whether a passage asks somebody who may be hurt to see it from the other side: never allowed (safety.md, 7)."""
    return fields.lens is Lens.OTHER_SIDE and SafeIf.ABUSE in fields.safe_if


def _passage(essay_id: str, fields: PassageFields, text: str) -> Passage:
    return Passage(
        id=f"{essay_id}/{fields.id}",
        essay_id=essay_id,
        heading=fields.heading,
        text=text,
        lens=fields.lens,
        speaks_to=fields.speaks_to,
        prompts=tuple(Prompt(p.ask, p.kind, p.minutes) for p in fields.prompts),
        safe_if=frozenset(fields.safe_if),
        answers=tuple(span for answer in fields.answers if (span := _span_of(answer, text))),
    )


def _plain(fields: EssayFields, parts: list[Section], path: Path, problems: list[Problem]) -> tuple[Passage, ...]:
    written = [part for part in parts if part.text]
    if not written:
        problems.append(Problem(Rule.NO_PROSE, path, 0, "There is no prose."))
        return ()
    problems.append(Problem(Rule.PLAIN_ESSAY, path, 1, "The passages are not described."))
    passages: list[Passage] = []
    taken: set[str] = set()
    for part in written:
        heading = part.heading or fields.title
        base = slug(heading)
        number, unique = 2, base
        while unique in taken:
            unique, number = f"{base}-{number}", number + 1
        taken.add(unique)
        passages.append(Passage(id=f"{path.stem}/{unique}", essay_id=path.stem, heading=heading, text=part.text))
    return tuple(passages)


def slug(heading: str) -> str:
    """An id made from a heading: lower-case ASCII letters, digits and hyphens; `passage` where nothing is left."""
    ascii_text = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_text.lower()))[:80].strip("-") or "passage"
