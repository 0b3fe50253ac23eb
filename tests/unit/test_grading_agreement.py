"""Expected values are worked by hand, or are those printed in the sources named."""

from __future__ import annotations

import pytest

from simulator.grading import agreement as a

COHEN_1960 = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
"""The common textbook table: observed 0.70, chance 0.50, kappa 0.40."""


def test_kappa_of_the_textbook_table() -> None:
    assert a.percent(COHEN_1960) == pytest.approx(0.7)
    assert a.kappa(COHEN_1960) == pytest.approx(0.4)


def test_kappa_is_undefined_where_one_category_is_all_there_is() -> None:
    assert a.kappa([("no", "no")] * 9) is None
    assert a.kappa([]) is None


def test_kappa_is_zero_for_chance_and_negative_below_it() -> None:
    assert a.kappa([("y", "y"), ("y", "n"), ("n", "y"), ("n", "n")]) == 0
    assert a.kappa([("y", "n"), ("n", "y")]) == -1


def test_weighted_kappa_forgives_a_near_miss_more_than_a_far_one() -> None:
    near = [(1, 1), (2, 3), (3, 3), (4, 4), (5, 5)]
    far = [(1, 5), (2, 2), (3, 3), (4, 4), (5, 5)]
    assert a.weighted_kappa(near) == pytest.approx(1 - (1 / 5) / (95 / 25))
    assert (a.weighted_kappa(far) or 0) < (a.weighted_kappa(near) or 0)
    assert a.weighted_kappa([(3, 3), (3, 3)]) is None


def test_error_and_bias_tell_scatter_from_leaning() -> None:
    scattered, leaning = [(3, 4), (4, 3)], [(4, 3), (5, 4)]
    assert (a.mean_absolute_error(scattered), a.bias(scattered)) == (1, 0)
    assert (a.mean_absolute_error(leaning), a.bias(leaning)) == (1, 1)


def test_an_interval_holds_its_value_narrows_with_subjects_and_is_the_same_every_time() -> None:
    def subjects(count: int) -> dict[str, list[tuple[str, str]]]:
        return {f"s{n:03}": [COHEN_1960[(n * 7 + i * 11) % 50] for i in range(5)] for n in range(count)}

    few, many = a.estimate(subjects(6), a.kappa), a.estimate(subjects(60), a.kappa)
    for one in (few, many):
        assert one.low is not None
        assert one.high is not None
        assert one.value is not None
        assert one.low <= one.value <= one.high
    assert (many.high or 0) - (many.low or 0) < (few.high or 0) - (few.low or 0)
    assert a.estimate(dict(reversed(subjects(6).items())), a.kappa) == few
    assert a.estimate(subjects(60), a.kappa) == many


def test_one_conversation_has_no_spread() -> None:
    assert a.estimate({"only": COHEN_1960}, a.kappa) == a.Estimate(pytest.approx(0.4))


def test_agreement_counts_what_it_rests_on() -> None:
    found = a.agreement({"one": COHEN_1960[:30], "two": COHEN_1960[30:], "none": []}, undecided=3)
    assert (found.n, found.subjects, found.undecided) == (50, 2, 3)
    levels = a.level_agreement({"one": [(3, 4)], "two": [(5, 4)]})
    assert (levels.n, levels.error.value, levels.bias.value) == (2, 1, 0)
