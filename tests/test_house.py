"""Rules of the whole house that no single part can keep alone."""

import re
import subprocess
import sys
from pathlib import Path

import holding_space
from holding_space import errors

ROOT = Path(__file__).parent.parent


def test_importing_the_package_loads_neither_streamlit_nor_torch() -> None:
    code = (
        "import sys, holding_space; print(sorted({'streamlit', 'torch', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_public_names_are_sorted_and_there() -> None:
    assert sorted(holding_space.__all__) == holding_space.__all__
    assert all(hasattr(holding_space, name) for name in holding_space.__all__)


def test_every_error_carries_a_fault_and_a_cure_and_stands_in_the_tree() -> None:
    found = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, errors.HoldingSpaceError)]
    for error in found:
        made = error("Fault.", "Cure.")
        assert (made.fault, made.cure, str(made)) == ("Fault.", "Cure.", "Fault. Cure.")
        assert re.search(rf"\b{error.__name__}\b", errors.__doc__ or "")


def test_nothing_names_a_path_of_the_machine_it_was_written_on() -> None:
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=True).stdout.split()
    home = re.compile(r"/(?:work|root|tmp/hs)\b" + "/")
    told = []
    for name in tracked:
        path = ROOT / name
        if (
            path.is_file()
            and path.suffix in {".py", ".md", ".toml", ".yaml", ".txt", ".js", ".css", ""}
            and path != Path(__file__)
        ) and home.search(path.read_text(encoding="utf-8", errors="replace")):
            told.append(name)
    assert told == []
