from pathlib import Path

import pytest

from holding_space.errors import SettingsError
from holding_space.settings import ROOT, load_settings


def test_without_any_setting_the_checkouts_own_folders_are_used(tmp_path: Path) -> None:
    settings = load_settings({}, tmp_path / "none.toml")
    assert settings.corpus_dir == ROOT / "corpus"
    assert settings.embeddings_dir == ROOT / "embeddings"
    assert settings.encoder == "all-MiniLM-L6-v2"


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "holding_space.toml"
    file.write_text('corpus_dir = "/from/file"\ndata_dir = "/from/file"\n', encoding="utf-8")
    settings = load_settings({"HOLDING_SPACE_DATA_DIR": "/from/environment"}, file)
    assert (settings.corpus_dir, settings.data_dir) == (Path("/from/file"), Path("/from/environment"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("corpus_dri = 'x'", "corpus_dri"),
        ("corpus_dir = 3", "quotation"),
        ("corpus_dir", "TOML"),
        ("encoder = 'x'", "hashing"),
        ("ranking_model = 'x'", "all-mpnet-base-v2"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "holding_space.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=told):
        load_settings({}, file)
