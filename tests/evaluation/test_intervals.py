import math

import pytest

from holding_space.evaluation.intervals import gain, mean, share


def test_a_share_of_nothing_missed_still_has_an_interval() -> None:
    found = share([True] * 40)
    assert found.value == 1
    assert found.low == pytest.approx(0.9124, abs=0.001)  # Wilson (1927) for 40 of 40
    assert found.high == 1


def test_no_cases_have_no_figure() -> None:
    assert math.isnan(share([]).value)
    assert str(mean([])) == "no cases"


def test_an_interval_holds_its_mean_and_narrows_with_more_cases() -> None:
    few, many = mean([0, 1] * 10), mean([0, 1] * 500)
    assert few.low < few.value < few.high
    assert many.high - many.low < few.high - few.low


def test_a_gain_is_paired() -> None:
    ours, theirs = [0.1, 0.5, 0.9, 0.3], [0.0, 0.4, 0.8, 0.2]
    found = gain(ours, theirs)
    assert found.value == pytest.approx(0.1)
    assert found.low == pytest.approx(0.1)
