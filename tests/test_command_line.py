"""The commands, run as a person runs them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from holding_space.cli import main
from holding_space.domain import Corpus
from holding_space.library import LOCAL_READER, open_library
from holding_space.settings import Settings, load_settings

SITUATION = "my girlfriend asked for space and i keep looking at the door"


@pytest.fixture
def here(small_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("HOLDING_SPACE_CORPUS_DIR", str(small_settings.corpus_dir))
    monkeypatch.setenv("HOLDING_SPACE_EMBEDDINGS_DIR", str(small_settings.embeddings_dir))
    monkeypatch.setenv("HOLDING_SPACE_CLASSIFIER_DIR", str(small_settings.classifier_dir))
    monkeypatch.setenv("HOLDING_SPACE_ENCODER", "hashing")
    return small_settings


def run(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, list(words), input=stdin)


@pytest.mark.parametrize("command", ["check", "index", "match", "serve", "export", "import"])
def test_every_command_explains_itself(command: str) -> None:
    done = run(command, "--help")
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) > 6


def test_the_exit_codes_are_explained() -> None:
    assert "Exit codes" in run("--help").stdout


def test_check_names_file_line_and_cure_and_ends_with_0(here: Settings) -> None:
    done = run("check")
    assert done.exit_code == 0
    assert "plain-prose.md:1: W201" in done.stdout
    assert "0 errors" in done.stdout


def test_check_ends_with_1_on_an_error(here: Settings, corpus_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (corpus_dir / "broken.md").write_text("no title", encoding="utf-8")
    monkeypatch.setenv("HOLDING_SPACE_CORPUS_DIR", str(corpus_dir))
    done = run("check", "--no-warnings")
    assert done.exit_code == 1
    assert "broken.md:1: E109" in done.stdout


def test_index_builds_and_verifies(here: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDING_SPACE_EMBEDDINGS_DIR", str(tmp_path / "embeddings"))
    assert run("index", "--verify").exit_code == 1
    done = run("index")
    assert done.exit_code == 0
    assert "taken over" in done.stdout
    assert run("index", "--verify").exit_code == 0


def test_match_prints_a_reading(here: Settings) -> None:
    done = run("match", SITUATION)
    assert done.exit_code == 0
    assert "The door closed without a sound." in done.stdout
    assert f"Chosen for your words: “{SITUATION}”" in " ".join(done.stdout.split())
    assert "min)" in done.stdout


def test_match_prints_json_and_reads_standard_input(here: Settings) -> None:
    done = run("match", "--json", "-", stdin=SITUATION)
    found = json.loads(done.stdout)
    assert found["matches"][0]["passage"] == "asked-for-space/the-door"
    assert found["matches"][0]["because"] == SITUATION


def test_match_says_when_nothing_is_close(here: Settings) -> None:
    assert run("match", "Which python library parses large spreadsheets quickest nowadays?").exit_code == 3


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_match_puts_safety_first(here: Settings, options: list[str]) -> None:
    done = run("match", *options, "i want to kill myself tonight")
    assert done.exit_code == 4
    assert "local emergency number" in " ".join(done.stdout.split())
    assert "The door" not in done.stdout
    assert "116 123" not in done.stdout


def test_match_shows_the_lines_of_the_country_that_was_named(here: Settings) -> None:
    assert "116 123" in run("match", "--country", "gb", "i want to kill myself tonight").stdout


def test_a_stale_index_is_told_with_its_cure(here: Settings, corpus_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (corpus_dir / "silent-phone.md").unlink()
    monkeypatch.setenv("HOLDING_SPACE_CORPUS_DIR", str(corpus_dir))
    done = run("match", SITUATION)
    assert done.exit_code == 1
    assert "python -m holding_space index" in done.stderr
    assert "Traceback" not in done.output


def test_export_writes_what_is_kept_and_never_over_a_file(here: Settings, tmp_path: Path, small_corpus: object) -> None:
    library = open_library(load_settings())
    passage = small_corpus.passage("asked-for-space/the-door")  # type: ignore[attr-defined]
    library.keep("reader", passage, "When space is asked for")
    library.close()
    assert "The door closed without a sound." in run("export").stdout
    target = tmp_path / "kept.json"
    assert run("export", "--format", "json", "--to", str(target)).exit_code == 0
    assert json.loads(target.read_text(encoding="utf-8"))["kept"][0]["quote"] == passage.text
    done = run("export", "--to", str(target))
    assert done.exit_code == 1
    assert "there already" in done.stderr


def test_what_was_exported_is_brought_in_again(here: Settings, tmp_path: Path, small_corpus: Corpus) -> None:
    library = open_library(load_settings())
    passage = small_corpus.passages[0]
    library.keep(LOCAL_READER, passage, "Title")
    for form, ending in (("html", "html"), ("folder", "zip"), ("json", "json")):
        assert run("export", "--format", form, "--to", str(tmp_path / f"kept.{ending}")).exit_code == 0
    assert run("export", "--format", "folder").exit_code == 1
    library.wipe(LOCAL_READER)
    for told in ("1 new", "0 new"):
        done = run("import", str(tmp_path / "kept.json"))
        assert (done.exit_code, told in done.stdout) == (0, True)
    assert [one.quote for one in library.kept(LOCAL_READER)] == [passage.text]
    library.close()
    assert run("import", str(tmp_path / "kept.zip")).exit_code == 1
