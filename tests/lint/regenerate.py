"""Write `expected.txt` of every golden folder anew: run it, then read the diff as carefully as code."""

from pathlib import Path

from holding_space.corpus import check

HERE = Path(__file__).parent


def told(folder: Path) -> str:
    """What the check says of a folder, a problem a line."""
    return "".join(f"{problem}\n" for problem in check(folder).problems)


if __name__ == "__main__":
    for case in sorted(p for p in HERE.iterdir() if p.is_dir() and not p.name.startswith("_")):
        (case / "expected.txt").write_text(told(case), encoding="utf-8")
