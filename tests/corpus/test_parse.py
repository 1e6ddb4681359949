from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holding_space.corpus.parse import parse_file, parse_text, slug
from holding_space.corpus.rules import Rule
from holding_space.domain import Lens, PromptKind, SafeIf

PATH = Path("an-essay.md")
DESCRIBED = """---
title: "A title: with a colon"
themes: [space]
passages:
  - id: first-thing
    heading: The first thing
    lens: step
    safe_if: [abuse, minor]
    speaks_to:
      - he said “no” & left
    prompts:
      - ask: What was on the table?
        kind: notice
        minutes: 2
---

## The first thing

One *paragraph*.

Another, with a ## in it.
"""


def test_a_described_essay_keeps_every_word_and_mark() -> None:
    essay, problems = parse_text(DESCRIBED, PATH)
    assert problems == ()
    assert essay is not None
    passage = essay.passages[0]
    assert essay.title == "A title: with a colon"
    assert passage.id == "an-essay/first-thing"
    assert passage.text == "One *paragraph*.\n\nAnother, with a ## in it."
    assert passage.lens is Lens.STEP
    assert passage.safe_if == {SafeIf.ABUSE, SafeIf.MINOR}
    assert passage.speaks_to == ("he said “no” & left",)
    assert passage.prompts[0].kind is PromptKind.NOTICE


def test_an_unmarked_passage_is_safe_for_nobody() -> None:
    essay, _ = parse_text(DESCRIBED.replace("    safe_if: [abuse, minor]\n", ""), PATH)
    assert essay is not None
    assert essay.passages[0].safe_if == frozenset()


def test_a_plain_essay_becomes_a_passage_a_section() -> None:
    essay, problems = parse_text("---\ntitle: Plain\n---\n\nBefore.\n\n## One\n\nA.\n\n## One\n\nB.\n", PATH)
    assert essay is not None
    assert [(p.id, p.heading, p.text) for p in essay.passages] == [
        ("an-essay/plain", "Plain", "Before."),
        ("an-essay/one", "One", "A."),
        ("an-essay/one-2", "One", "B."),
    ]
    assert [p.rule for p in problems] == [Rule.PLAIN_ESSAY]


def test_a_title_that_looks_like_a_number_stays_text() -> None:
    essay, _ = parse_text("---\ntitle: 1984\n---\n\n## One\n\nA.\n", PATH)
    assert essay is not None
    assert essay.title == "1984"


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "an-essay.md"
    path.write_bytes(b"\xef\xbb\xbf" + DESCRIBED.replace("\n", "\r\n").encode())
    assert parse_file(path) == parse_text(DESCRIBED, path)


@pytest.mark.parametrize("name", ["An-Essay.md", "an essay.md", "essay_one.md", "é.md"])
def test_a_file_name_that_cannot_be_an_id_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(DESCRIBED, encoding="utf-8")
    assert [p.rule for p in parse_file(tmp_path / name)[1]] == [Rule.BAD_FILE_NAME]


def test_a_heading_inside_code_is_no_heading() -> None:
    essay, _ = parse_text("---\ntitle: T\n---\n\n## One\n\n```\n## not one\n```\n", PATH)
    assert essay is not None
    assert [p.heading for p in essay.passages] == ["One"]


def test_a_field_that_repeats_another_by_reference_is_refused_and_not_expanded() -> None:
    bomb = "---\na: &a [x, x]\nb: &b [*a, *a]\ntitle: T\n---\n\n## One\n\nA.\n"
    essay, problems = parse_text(bomb, PATH)
    assert essay is None
    assert [p.rule for p in problems] == [Rule.YAML_ALIAS]


@given(st.text())
def test_any_text_gives_an_essay_or_a_problem_and_never_a_crash(text: str) -> None:
    essay, problems = parse_text(text, PATH)
    assert essay is not None or any(problem.is_error for problem in problems)


@given(st.text())
def test_any_header_gives_an_essay_or_a_problem_and_never_a_crash(text: str) -> None:
    essay, problems = parse_text(f"---\n{text}\n---\n\n## One\n\nA.\n", PATH)
    assert essay is not None or any(problem.is_error for problem in problems)


@given(st.text())
def test_any_heading_gives_a_usable_id(heading: str) -> None:
    made = slug(heading)
    assert made
    assert len(made) <= 80
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
