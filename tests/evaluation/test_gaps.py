from holding_space.engine import Engine
from holding_space.evaluation.gaps import Found, find_gaps, told


def outcomes(engine: Engine, *lines: str) -> list[str]:
    return [found.outcome for found in find_gaps(engine, lines)]


def test_each_situation_gets_the_outcome_that_a_reader_would_see(engine: Engine) -> None:
    found = outcomes(
        engine,
        "my girlfriend asked for space and i keep looking at the door",
        "zyxw qqq vvv mmm nnn ppp rrr",
        "help",
        "i want to kill myself tonight",
    )
    assert found[0] in ("answered", "thin")
    assert found[1:] == ["gap", "vague", "care"]


def test_the_report_names_lines_and_nearest_essays(engine: Engine) -> None:
    passage = engine.corpus.passages[0]
    some = [
        Found(1, "answered words", "answered", passage, "Space", 0.7),
        Found(2, "a gap in the library", "gap", passage, "Space", 0.2),
        Found(3, "hidden words", "care", passage, "Space", 0.2),
    ]
    report = told(some)
    assert "3 situations: 1 answered, 0 answered thinly, 1 not answered" in report
    assert "line 2" in report
    assert "a gap in the library" in report
    assert "Space" in report
    assert "hidden words" not in report
    assert "answered words" not in report
