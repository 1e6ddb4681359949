"""The front matter of an essay: YAML text to plain values that remember their lines.

Every scalar stays the text that was written (`title: 1984` is the title "1984"), duplicate fields and
aliases are refused, and a malformed header is an error and never silently becomes prose.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeAlias, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from holding_space.corpus.rules import Problem, Rule
from holding_space.domain import Lens, PromptKind, SafeIf

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
FENCE = "---"

Place: TypeAlias = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=80)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PromptFields(_Closed):
    """A prompt as it stands in a file."""

    ask: Line
    kind: PromptKind
    minutes: int = Field(ge=1, le=60)


class PassageFields(_Closed):
    """What the front matter says about one passage."""

    id: Slug
    heading: Line
    lens: Lens = Lens.FEELING
    safe_if: tuple[SafeIf, ...] = ()
    speaks_to: tuple[Line, ...] = ()
    prompts: tuple[PromptFields, ...] = ()
    answers: tuple[Line, ...] = ()


class EssayFields(_Closed):
    """What the front matter says about an essay. Only the title is needed."""

    title: Line
    summary: str = ""
    author: str = ""
    licence: str = ""
    themes: tuple[Slug, ...] = ()
    reviewed: str = "none"
    sources: tuple[Line, ...] = ()
    passages: tuple[PassageFields, ...] = ()


@dataclass
class YamlText:
    """Values read from YAML, the line of each, and what was wrong on the way."""

    values: Any
    lines: dict[Place, int]
    problems: list[Problem] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """The line of a value, or of the nearest thing that holds it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_yaml(text: str, path: Path, first_line: int = 1) -> YamlText:
    """Read YAML whose first line is line `first_line` of the file `path`."""
    found = YamlText(values=None, lines={(): first_line})
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.BaseLoader)):
            found.problems.append(Problem(Rule.YAML_ALIAS, path, first_line, "The front matter uses a YAML reference."))
            return found
        node = yaml.compose(text, yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "it is not YAML"
        line = first_line + mark.line if mark else first_line
        found.problems.append(Problem(Rule.NOT_YAML, path, line, f"The YAML cannot be read: {what}."))
        return found
    if node is not None:
        found.values = _value(node, (), found, path, first_line)
    return found


def _value(node: yaml.Node, place: Place, found: YamlText, path: Path, first_line: int) -> Any:
    found.lines[place] = first_line + node.start_mark.line
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*place, i), found, path, first_line) for i, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in mapping:
                line = first_line + key.start_mark.line
                found.problems.append(Problem(Rule.DUPLICATE_FIELD, path, line, f"The field {name!r} stands twice."))
            mapping[name] = _value(value, (*place, name), found, path, first_line)
        return mapping
    return node.value


def read_fields(model: type[Model], found: YamlText, path: Path) -> Model | None:
    """Fit YAML values into a closed schema; problems are added to `found`."""
    if found.problems:
        return None
    if not isinstance(found.values, dict):
        found.problems.append(Problem(Rule.NOT_YAML, path, found.line(()), "There are no 'field: value' lines."))
        return None
    # An empty value ("summary:" with nothing behind it) is a field that was left out.
    given = {name: value for name, value in found.values.items() if value != ""}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        found.problems.extend(_problem(dict(e), found, path) for e in error.errors(include_url=False))
        return None


def _problem(error: dict[str, Any], found: YamlText, path: Path) -> Problem:
    place: Place = tuple(error["loc"])
    name = ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
    line = found.line(place)
    match error["type"]:
        case "extra_forbidden":
            return Problem(Rule.UNKNOWN_FIELD, path, line, f"There is no field {name!r}.")
        case "missing" if place == ("title",):
            return Problem(Rule.NO_TITLE, path, line, "The essay has no title.")
        case "missing":
            return Problem(Rule.BAD_VALUE, path, line, f"{name} is missing.")
        case "enum":
            return Problem(Rule.BAD_VALUE, path, line, f"{name} is not one of {error['ctx']['expected']}.")
        case "string_pattern_mismatch":
            return Problem(
                Rule.BAD_VALUE, path, line, f"{name} may have lower-case letters, digits and single hyphens only."
            )
        case "string_too_short":
            return Problem(Rule.BAD_VALUE, path, line, f"{name} is empty.")
        case _:
            return Problem(Rule.BAD_VALUE, path, line, f"{name}: {error['msg']}.")


def split_front_matter(text: str) -> tuple[str | None, str, int]:
    """Split a file into front matter, body and the body's first line (from 1).

    The front matter is None where the file has none; the body is empty and its line 0 where the front matter is
    never closed.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return None, text, 1
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    return "\n".join(lines[1:]), "", 0
