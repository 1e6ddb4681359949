"""The command line: check essays, build the index, try a match, start the app, take out what is kept.

Exit codes: 0 done; 1 something is wrong and was named; 2 the command was not understood; 3 (match) nothing is close;
4 (match) the text may come from somebody in danger, and help was printed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click

from holding_space.errors import CorpusError, HoldingSpaceError
from holding_space.evaluation.commands import evaluate, gaps, train_ranking, train_screen
from holding_space.settings import ROOT, Settings, load_settings


@contextmanager
def _told() -> Iterator[None]:
    """Faults that a person can mend are told without a traceback, and end with exit code 1."""
    try:
        yield
    except HoldingSpaceError as error:
        click.echo(f"{error.fault}\n{error.cure}", err=True)
        if isinstance(error, CorpusError):
            for problem in error.problems:
                click.echo(f"  {problem}", err=True)
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option("1.0", prog_name="holding_space")
def main() -> None:
    """A library of essays, searched by what a reader describes.

    Everything runs on this machine and nothing is sent anywhere. Where things are can be set in the environment or in
    holding_space.toml: HOLDING_SPACE_CORPUS_DIR (the essays), HOLDING_SPACE_EMBEDDINGS_DIR (the index),
    HOLDING_SPACE_DATA_DIR (what is kept).

    Exit codes: 0 done; 1 something is wrong and was named; 2 the command was not understood. For match also: 3 the library
    has nothing close, or asks for more; 4 the text may come from somebody in danger, and help was printed.
    """


@main.command()
@click.option("--warnings/--no-warnings", default=True, help="Whether to show what would only make the essays better.")
def check(warnings: bool) -> None:
    """Read all essays and say what is wrong with them, with file, line and cure.

    Rules that begin with E must be mended before the essay can be used; those with W would make it better. Ends with 1
    when there is an error, and with 0 otherwise.
    """
    from holding_space.corpus import check as check_corpus

    with _told():
        reading = check_corpus(load_settings().corpus_dir)
    shown = [p for p in reading.problems if warnings or p.is_error]
    for problem in shown:
        click.echo(str(problem))
    essays, passages = len(reading.corpus.essays), len(reading.corpus.passages)
    click.echo(
        f"{essays} essays with {passages} passages read; {len(reading.errors)} errors, "
        f"{len(reading.problems) - len(reading.errors)} warnings."
    )
    sys.exit(1 if reading.errors else 0)


@main.command()
@click.option("--verify", is_flag=True, help="Only say whether the index fits the essays; build nothing.")
def index(verify: bool) -> None:
    """Compute the embeddings of all passages, or only of those that are new or changed.

    Run it after every change to the essays. The new index takes the place of the old one as a whole, so that an
    interrupted run leaves the old one as it was.
    """
    from holding_space import index as ix
    from holding_space.corpus import load_corpus
    from holding_space.encoders import open_encoder, spec_of
    from holding_space.engine import learned_for

    with _told():
        settings = load_settings()
        corpus = load_corpus(settings.corpus_dir)
        spec = spec_of(settings.encoder)
        folder = ix.folder_for(settings.embeddings_dir, spec)
        if verify:
            ix.verify(ix.read(folder), corpus, spec)
            click.echo(f"The index fits {len(corpus.essays)} essays with {len(corpus.passages)} passages.")
            return
        click.echo("Opening the language model …", err=True)
        encoder = open_encoder(settings.encoder)
        with click.progressbar(length=len(ix.rows_of(corpus)), label="Encoding", file=sys.stderr) as bar:

            def progress(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            try:
                built = ix.build(folder, corpus, encoder, progress)
            except OSError as error:
                _stop(
                    f"The index cannot be written to {folder} ({error.strerror}).", "Make room there or allow writing."
                )
            bar.update(bar.length - bar.pos if bar.length else 0)
    click.echo(
        f"{built.encoded} texts encoded, {built.reused} taken over, {built.dropped} dropped. The index is in {folder}."
    )
    with _told():
        learned = learned_for(settings, spec, [passage.id for passage in corpus.passages])
    if learned is None:
        click.echo(
            "Nothing has been learnt from judged messages for these passages: they are matched by likeness alone."
        )


@main.command()
@click.argument("situation", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the reading as JSON.")
@click.option(
    "--country", default=None, help="Two-letter code of the country whose help lines to show, if help is needed."
)
def match(situation: tuple[str, ...], as_json: bool, country: str | None) -> None:
    """Find the passages that speak to SITUATION, a text in quotation marks ("-" reads it from standard input).

    Safety comes first here too: when the text may come from somebody in danger, help is printed and no passage.
    """
    from holding_space.conversation import AskMore, Care, Conversation, NothingClose, Reading, respond
    from holding_space.engine import open_engine, open_house
    from holding_space.terminal import as_structure, print_care, print_reading, wrapped

    text = sys.stdin.read() if situation == ("-",) else " ".join(situation)
    text = text.encode("utf-8", "replace").decode("utf-8")  # a terminal may hand over bytes that are no text
    with _told():
        engine = open_engine(open_house(load_settings()))
        reply = respond(engine, Conversation(), text).reply
        if isinstance(reply, Care):
            print_care(reply, country, structured=as_json)
            sys.exit(4)
    if as_json:
        click.echo(json.dumps(as_structure(reply), ensure_ascii=False, indent=2))
    elif isinstance(reply, Reading):
        print_reading(engine, reply)
    else:
        click.echo(wrapped(reply.text))
    if isinstance(reply, AskMore | NothingClose):
        sys.exit(3)


@main.command(context_settings={"ignore_unknown_options": True})
@click.option("--port", default=8501, show_default=True, help="The port on this machine.")
@click.argument("streamlit_options", nargs=-1, type=click.UNPROCESSED)
def serve(port: int, streamlit_options: tuple[str, ...]) -> None:
    """Start the app for this machine and say where it is. Further STREAMLIT_OPTIONS are handed on.

    The essays and the index are checked first, so that a fault is named here and not on a reader's page.
    """
    from holding_space import index as ix
    from holding_space.corpus import load_corpus
    from holding_space.encoders import larger, spec_of
    from holding_space.engine import larger_is_missed

    with _told():
        settings = load_settings()
        corpus, spec = load_corpus(settings.corpus_dir), spec_of(settings.encoder)
        ix.verify(ix.read(ix.folder_for(settings.embeddings_dir, spec)), corpus, spec)
        missed = larger_is_missed(settings, spec, [passage.id for passage in corpus.passages])
    if missed:
        click.echo(
            f"The larger language model is not installed: the smaller one, which learnt less, chooses. {larger.INSTALL}"
        )
    click.echo(f"Holding Space is starting at http://localhost:{port} (Ctrl+C ends it).")
    sys.exit(_streamlit(settings, ["--server.port", str(port), *streamlit_options]))


def _streamlit(settings: Settings, options: list[str]) -> int:
    # One thread each for the number libraries: several wait for each other. They read this when they are loaded.
    environ = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", **os.environ}
    environ |= {
        "HOLDING_SPACE_CORPUS_DIR": str(settings.corpus_dir),
        "HOLDING_SPACE_EMBEDDINGS_DIR": str(settings.embeddings_dir),
        "HOLDING_SPACE_DATA_DIR": str(settings.data_dir),
        "HOLDING_SPACE_ENCODER": settings.encoder,
        "HOLDING_SPACE_RANKING_MODEL": settings.ranking_model,
        "HOLDING_SPACE_CLASSIFIER_DIR": str(settings.classifier_dir),
        "HOLDING_SPACE_LEARNED_DIR": str(settings.learned_dir),
        "HOLDING_SPACE_DATABASE_URL": settings.database_url,
    }
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", *options]
    try:
        return subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode
    except KeyboardInterrupt:
        return 0


@main.command()
@click.option(
    "--format", "form", type=click.Choice(["markdown", "folder", "html", "json"]), default="markdown", show_default=True
)
@click.option(
    "--to", "target", type=click.Path(path_type=Path, dir_okay=False), default=None, help="A file; else it is printed."
)
def export(form: str, target: Path | None) -> None:
    """Write out what is kept on this machine: passages word for word, notes, tags and answers."""
    from holding_space.library import LOCAL_READER, open_library, to_folder, to_html, to_json, to_markdown

    if form == "folder" and target is None:
        _stop("A folder cannot be printed.", "Name a zip file with --to.")
    with _told():
        library = open_library(load_settings())
        kept, answers = library.kept(LOCAL_READER), library.answers(LOCAL_READER)
        made = {
            "markdown": lambda: to_markdown(kept, answers).encode("utf-8"),
            "folder": lambda: to_folder(kept, answers),
            "html": lambda: to_html(kept, answers).encode("utf-8"),
            "json": lambda: to_json(kept, answers, library.conversation(LOCAL_READER)).encode("utf-8"),
        }[form]()
        library.close()
    if target is None:
        click.echo(made)
        return
    if target.exists():
        _stop(f"{target} is there already.", "Name another file, or move it away first.")
    try:
        target.write_bytes(made)
    except OSError as error:
        _stop(f"{target} cannot be written ({error.strerror}).", "Name a file in a folder that you may write to.")
    click.echo(f"{len(kept)} passages and {len(answers)} answers are in {target}.", err=True)


@main.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, exists=True))
def import_(files: tuple[Path, ...]) -> None:
    """Bring in FILES: a JSON export, Readwise's CSV, Kindle's "My Clippings.txt" or Markdown notes. Twice is as once."""
    from holding_space.library import LOCAL_READER, bring_in, open_library, read_file

    with _told():
        brought = [read_file(file.name, file.read_bytes()) for file in files]
        library = open_library(load_settings())
        for file, each in zip(files, brought, strict=True):
            done = bring_in(library, LOCAL_READER, each)
            click.echo(f"{file}: {done.added} new, {done.mended} joined with what was here, {done.answers} answers.")
        library.close()


def _stop(fault: str, cure: str) -> NoReturn:
    click.echo(f"{fault}\n{cure}", err=True)
    sys.exit(1)


for _command in (evaluate, train_screen, train_ranking, gaps):
    main.add_command(_command)
