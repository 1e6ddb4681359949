"""One frozen Settings, from the environment and an optional file.

Each setting `name` can be given as the environment variable `HOLDING_SPACE_NAME` or as a line
`name = "value"` in `holding_space.toml` in the working folder (the environment wins).
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import platformdirs

from holding_space.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "HOLDING_SPACE_"
FILE_NAME = "holding_space.toml"
APP_NAME = "holding-space"
CLASSIFIER = ROOT / "holding_space" / "safety" / "classifier"
LEARNED = ROOT / "embeddings" / "learned"


def _default_data_dir() -> Path:
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are. All paths are absolute."""

    corpus_dir: Path
    """The folder of essays."""
    embeddings_dir: Path
    """The folder of precomputed embeddings, one sub-folder a model."""
    data_dir: Path
    """Where what readers keep is stored; created when first needed."""
    encoder: str = "all-MiniLM-L6-v2"
    """The language model. `hashing` is a small stand-in for tests; it finds shared words and no meaning."""
    ranking_model: str = "all-mpnet-base-v2"
    """The language model that ranks by what was learnt, where it is installed; without it, or with the encoder's own name here, the encoder ranks."""
    classifier_dir: Path = CLASSIFIER
    """The folder of the safety classifier, which belongs to one language model."""
    learned_dir: Path = LEARNED
    """The folder of what judged messages taught the matching for one library, one sub-folder a model; it may be missing."""
    database_url: str = field(default="", repr=False)
    """A PostgreSQL database, in place of the file in `data_dir`, for those who outgrow one machine. It may hold a password."""

    @property
    def database(self) -> Path:
        """The file of kept things."""
        return self.data_dir / "kept.sqlite3"


CHOICES = {
    "encoder": ("all-MiniLM-L6-v2", "hashing"),
    "ranking_model": ("all-mpnet-base-v2", "all-MiniLM-L6-v2"),
}


def load_settings(environ: Mapping[str, str] | None = None, file: Path | None = None) -> Settings:
    """Read the settings.

    Raises:
        SettingsError: a file that is not TOML, an unknown name in it, or a value that cannot be used.
    """
    environ = os.environ if environ is None else environ
    path = Path.cwd() / FILE_NAME if file is None else file
    known = {f.name for f in fields(Settings)}
    values: dict[str, str] = dict(_read(path, known)) if path.is_file() else {}
    for name in known:
        given = environ.get(PREFIX + name.upper(), "").strip()
        if given:
            values[name] = given
    for name, choices in CHOICES.items():
        if values.setdefault(name, choices[0]) not in choices:
            raise SettingsError(
                f"The setting {name} is {values[name]!r}, which is not known.", f"Use one of: {', '.join(choices)}."
            )
    database_url = values.get("database_url", "")
    if database_url and not database_url.startswith(("postgresql://", "postgres://")):
        raise SettingsError(
            "The setting database_url is not the URL of a PostgreSQL database.",
            "Give it as postgresql://user:password@host/database, or leave it away to use a file.",
        )
    return Settings(
        corpus_dir=_path(values, "corpus_dir", ROOT / "corpus"),
        embeddings_dir=_path(values, "embeddings_dir", ROOT / "embeddings"),
        data_dir=_path(values, "data_dir", _default_data_dir()),
        encoder=values["encoder"],
        ranking_model=values["ranking_model"],
        classifier_dir=_path(values, "classifier_dir", CLASSIFIER),
        learned_dir=_path(values, "learned_dir", LEARNED),
        database_url=database_url.replace("postgres://", "postgresql://", 1),
    )


def _path(values: Mapping[str, str], name: str, default: Path) -> Path:
    return Path(values[name]).expanduser().absolute() if name in values else default


def _read(path: Path, known: set[str]) -> dict[str, str]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not a TOML file: {error}.", "Mend or remove it.") from error
    for name, value in found.items():
        if name not in known:
            raise SettingsError(
                f"{path} names a setting {name!r} that does not exist.",
                f"Known settings: {', '.join(sorted(known))}.",
            )
        if not isinstance(value, str):
            raise SettingsError(f"{path}: {name} is not text.", "Put the value in quotation marks.")
    return found
