"""A folder of essays to one Corpus: every file is read, and every problem is reported at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from holding_space.corpus.frontmatter import Line, PromptFields, Slug, read_fields, read_yaml
from holding_space.corpus.parse import parse_file
from holding_space.corpus.rules import Problem, Rule
from holding_space.domain import Corpus, Essay, Lens, Prompt, Theme
from holding_space.errors import CorpusError

THEMES_FILE = "themes.yaml"
PROMPTS_FILE = "prompts.yaml"
NOT_ESSAYS = frozenset({"README.md"})


class _Theme(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: Slug
    title: Line
    about: Annotated[str, StringConstraints(strip_whitespace=True)] = ""


class _Themes(BaseModel):
    model_config = ConfigDict(extra="forbid")
    themes: tuple[_Theme, ...] = ()


class _GeneralPrompts(BaseModel):
    model_config = ConfigDict(extra="forbid")
    feeling: tuple[PromptFields, ...] = ()
    other_side: tuple[PromptFields, ...] = ()
    step: tuple[PromptFields, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What a folder of essays holds: the essays that can be used, and every problem in the folder."""

    corpus: Corpus
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that must be mended."""
        return tuple(p for p in self.problems if p.is_error)


def read_corpus(folder: Path) -> Reading:
    """Read a folder of essays, with its `themes.yaml` and `prompts.yaml` where they are there.

    Raises:
        CorpusError: there is no such folder.
    """
    if not folder.is_dir():
        raise CorpusError(f"There is no folder of essays at {folder}.", "Create it, or set HOLDING_SPACE_CORPUS_DIR.")
    problems: list[Problem] = []
    themes = _themes(folder / THEMES_FILE, problems)
    general = _general_prompts(folder / PROMPTS_FILE, problems)
    essays = []
    for path in sorted(folder.glob("*.md")):
        if path.name in NOT_ESSAYS:
            continue
        essay, found = parse_file(path)
        problems.extend(found)
        if essay is not None:
            essays.append(_with_prompts(essay, general))
            problems.extend(_unknown_themes(essay, themes, path))
    if not essays and not any(p.is_error for p in problems):
        problems.append(Problem(Rule.NO_ESSAYS, folder, 0, "No essay can be used."))
    order = {theme.id: number for number, theme in enumerate(themes)}
    essays.sort(key=lambda e: (order.get(e.themes[0], len(order)) if e.themes else len(order), e.id))
    return Reading(Corpus(tuple(essays), themes), tuple(problems))


def load_corpus(folder: Path) -> Corpus:
    """Read a folder of essays that must be without errors.

    Raises:
        CorpusError: the folder is missing or any essay has an error; `problems` names each with file, line and cure.
    """
    reading = read_corpus(folder)
    if reading.errors:
        count = len(reading.errors)
        raise CorpusError(
            f"{count} {'error' if count == 1 else 'errors'} in the essays: {reading.errors[0]}",
            "Run 'python -m holding_space check' to see all of them.",
            tuple(str(problem) for problem in reading.errors),
        )
    return reading.corpus


def _themes(path: Path, problems: list[Problem]) -> tuple[Theme, ...]:
    if not path.is_file():
        return ()
    found = read_yaml(path.read_text(encoding="utf-8"), path)
    if isinstance(found.values, list):
        found.values = {"themes": found.values}
        found.lines = {("themes", *place) if place else place: line for place, line in found.lines.items()}
    fields = read_fields(_Themes, found, path)
    problems.extend(found.problems)
    return tuple(Theme(t.id, t.title, t.about) for t in fields.themes) if fields else ()


def _general_prompts(path: Path, problems: list[Problem]) -> dict[Lens, tuple[Prompt, ...]]:
    if not path.is_file():
        return {}
    found = read_yaml(path.read_text(encoding="utf-8"), path)
    fields = read_fields(_GeneralPrompts, found, path)
    problems.extend(found.problems)
    if fields is None:
        return {}
    return {lens: tuple(Prompt(p.ask, p.kind, p.minutes) for p in getattr(fields, lens.value)) for lens in Lens}


def _with_prompts(essay: Essay, general: dict[Lens, tuple[Prompt, ...]]) -> Essay:
    passages = tuple(p if p.prompts else replace(p, prompts=general.get(p.lens, ())) for p in essay.passages)
    return replace(essay, passages=passages)


def _unknown_themes(essay: Essay, themes: tuple[Theme, ...], path: Path) -> list[Problem]:
    known = {theme.id for theme in themes}
    return [
        Problem(Rule.UNKNOWN_THEME, path, 0, f"The theme {name!r} is not in {THEMES_FILE}.")
        for name in essay.themes
        if name not in known
    ]
