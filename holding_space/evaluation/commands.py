"""The commands for those who work on the library and the screen: evaluate, train-screen, train-ranking, gaps."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from holding_space.encoders import Progress
from holding_space.errors import HoldingSpaceError
from holding_space.settings import CHOICES, load_settings


class _Faults(click.Group):
    """Faults that a person can mend are told without a traceback, and end with exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except HoldingSpaceError as error:
            click.echo(f"{error.fault}\n{error.cure}", err=True)
            sys.exit(1)


@contextmanager
def _bar(label: str) -> Iterator[Progress]:
    """A progress bar as the long functions call it."""
    with click.progressbar(length=100, label=label, file=sys.stderr) as bar:
        yield lambda done, total: bar.update(100 * done // total - bar.pos)


@click.group(cls=_Faults)
def evaluate() -> None:
    """Measure the safety screen or the matching, on texts that were written apart from them."""


@evaluate.command()
@click.option(
    "--set", "which", type=click.Choice(["heldout", "training"]), default="heldout", show_default=True,
    help="Which lines; figures of the training set only show that training worked.",
)  # fmt: skip
@click.option("--misses", default=20, show_default=True, help="How many of the worst misses to name, by id.")
def safety(which: str, misses: int) -> None:
    """Recall and false alarms of the screen by category and tier, beside baselines. Prints Markdown; no line's text is shown."""
    from holding_space.engine import open_engine, open_house
    from holding_space.evaluation import safety_report
    from holding_space.evaluation.safety_sets import HELDOUT, TRAINING, read_lines
    from holding_space.safety import guarded

    lines = read_lines(HELDOUT if which == "heldout" else TRAINING)
    engine = open_engine(open_house(load_settings()))
    with click.progressbar(lines, label="Screening", file=sys.stderr) as bar:
        found = {line.id: guarded(engine.screen, [line.text]) for line in bar}
    click.echo(safety_report.report(lines, found, misses))


@evaluate.command()
@click.option(
    "--half",
    "which",
    type=click.Choice(["held", "dev"]),
    default="held",
    show_default=True,
    help="Even or odd queries.",
)
@click.option(
    "--run",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Write each system's run there.",
)
def matching(which: str, folder: Path | None) -> None:
    """Ranking, readings and "nothing close", with intervals, beside plain MiniLM cosine and BM25. Prints Markdown."""
    from holding_space.engine import open_engine, open_house
    from holding_space.evaluation import matching_report

    engine = open_engine(open_house(load_settings()))
    click.echo(matching_report.report(engine, held_back=which == "held", runs=folder))


@click.command("train-screen")
def train_screen() -> None:
    """Train the classifier of the safety screen from tests/evaluation/safety/training and write it where the screen reads it."""
    from holding_space.encoders import open_encoder
    from holding_space.evaluation.safety_sets import training_lines
    from holding_space.evaluation.training import train
    from holding_space.safety import open_screen, write_classifier

    settings = load_settings()
    lines = training_lines()
    encoder = open_encoder(settings.encoder)
    with _bar("Encoding") as bar:
        trained = train(lines, open_screen(), encoder, bar)
    write_classifier(settings.classifier_dir, trained.manifest, trained.weights)
    click.echo(f"Trained on {len(lines)} lines; {trained.manifest.thresholds}. Written to {settings.classifier_dir}.")


@click.command("train-ranking")
@click.option(
    "--model",
    type=click.Choice(CHOICES["ranking_model"]),
    help="The model to teach; without it, the setting ranking_model.",
)
def train_ranking(model: str | None) -> None:
    """Learn from the judged messages in tests/evaluation/matching/training which passages to show. Takes an hour or more."""

    from holding_space.encoders import larger, open_encoder
    from holding_space.encoders.sentence import SentenceEncoder
    from holding_space.engine import open_house, open_index
    from holding_space.evaluation import ranking_training as training
    from holding_space.evaluation.judged import read_judged, read_reasons
    from holding_space.index import folder_for
    from holding_space.matching import Matcher, write_learned

    settings = load_settings()
    # Without what has been learnt before: it may be what is to be mended.
    encoder = open_encoder(settings.encoder)
    if not isinstance(encoder, SentenceEncoder):
        raise HoldingSpaceError("Only a language model can learn a ranking.", "Set encoder to all-MiniLM-L6-v2.")
    base = larger.open_larger() if (model or settings.ranking_model) == larger.MODEL else encoder
    matcher = Matcher(open_index(open_house(settings), encoder.spec), encoder, ranker=base)
    messages = read_judged({passage.id for passage in matcher.passages})
    with _bar("Encoding") as bar:
        examples = training.examples_of(messages, matcher, bar)
    with _bar("Training") as bar:
        learned = training.train(messages, examples, matcher, base, progress=bar)
    with _bar("Reasons") as bar:
        learned = training.with_heart(learned, messages, read_reasons(), matcher.encoder, bar)
    learned = training.with_threshold(learned, matcher)
    folder = folder_for(settings.learned_dir, base.spec)
    try:
        write_learned(folder, learned)
    except OSError as error:
        fault = f"What was learnt cannot be written to {folder} ({error.strerror})."
        raise HoldingSpaceError(fault, "Make room there or allow writing.") from error
    click.echo(f"Learnt from {len(messages)} messages. Written to {folder}.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def gaps(file: Path) -> None:
    """Say which situations in FILE (one a line) the library does not answer, by theme. For publishers, with situations of their own."""
    from holding_space.engine import open_engine, open_house
    from holding_space.evaluation.gaps import find_gaps, told

    try:
        lines = [line.strip() for line in file.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise HoldingSpaceError(f"{file} cannot be read ({type(error).__name__}).", "Save it as UTF-8 text.") from error
    engine = open_engine(open_house(load_settings()))
    with click.progressbar(lines, label="Looking", file=sys.stderr) as bar:
        click.echo(told(find_gaps(engine, bar)))
