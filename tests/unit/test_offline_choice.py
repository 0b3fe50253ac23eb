"""The offline customer takes one of the ways it is offered."""

from __future__ import annotations

import pytest

from simulator.offline.actor_choice import TAKEN, choice


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Two ways: I move you upstairs, it's quiet, or I lend you a power bank; which?", "en"),
        ("Either I show you the list or I ask the manager, which would you like?", "en"),
        ("There are two options: a refund today or a new one tomorrow. Which?", "en"),
        ("There are two ways: you are moved to the 14:10, or you wait here.", "en"),
        ("两个办法：一是我给您开一份流量包，二是带您去营业厅，您选哪个？", "zh-Hans"),
        ("要么今晚我给您送过去，要么明早您来取。哪个更合适？", "zh-Hans"),
        ("兩個辦法：一是我帶您上樓，二是借您充電寶，您選哪個？", "zh-Hant"),
    ],
)
def test_the_first_way_is_taken_without_its_words(line: str, language: str) -> None:
    assert choice(line, language) == TAKEN[language]


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Shall I move you upstairs?", "en"),
        ("I can do that today or not at all.", "en"),
        ("I'll ring you back in an hour or two.", "en"),
        ("I can understand that you are angry or upset.", "en"),
        ("I can more or less promise it.", "en"),
        ("Either way, I can hold the seat or two for you.", "en"),
        ("Either way, I'll ring the depot or the driver for you.", "en"),
        ("There are two things: my manager must agree or it won't happen.", "en"),
        ("我给您换个座位。", "zh-Hans"),
        ("您一是要发票，还要收据，对吗？", "zh-Hans"),
    ],
)
def test_where_no_ways_are_put_up_none_is_taken(line: str, language: str) -> None:
    assert choice(line, language) is None
