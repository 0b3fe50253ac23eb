"""The offline customer takes one of the ways it is offered, in its own words."""

from __future__ import annotations

import pytest

from simulator.offline.actor_choice import choice


@pytest.mark.parametrize(
    ("line", "language", "taken"),
    [
        (
            "Two ways: I move you upstairs, it's quiet, or I lend you a power bank; which?",
            "en",
            "Move me upstairs, then.",
        ),
        ("Either I show you the list or I ask the manager, which would you like?", "en", "Show me the list, then."),
        ("There are two options: a refund today or a new one tomorrow. Which?", "en", "A refund today, then."),
        ("Two choices: you wait for the next train, or take the bus.", "en", "I'll wait for the next train, then."),
        ("We can book your seat on the 14:10 or keep the 16:00.", "en", "Book my seat on the 14:10, then."),
        ("We can fetch the ticket and the tablets, or print a new one.", "en", "Fetch the ticket, then."),
        ("要么今晚我给您送票和药，要么明早您来取。", "zh-Hans", "那就今晚给我送票吧。"),
        ("两个办法：一是我给您开一份流量包，二是带您去营业厅，您选哪个？", "zh-Hans", "那就给我开一份流量包吧。"),
        ("要么今晚我给您送过去，要么明早您来取。哪个更合适？", "zh-Hans", "那就今晚给我送过去吧。"),
        ("有两条路：要么您明早来取，要么我今晚送。", "zh-Hans", "那我明早来取吧。"),
        ("兩個辦法：一是我帶您上樓，二是借您充電寶，您選哪個？", "zh-Hant", "那就帶我上樓吧。"),
    ],
)
def test_the_first_way_is_taken_up_from_the_customers_side(line: str, language: str, taken: str) -> None:
    assert choice(line, language) == taken


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Shall I move you upstairs?", "en"),
        ("I can do that today or not at all.", "en"),
        ("我给您换个座位。", "zh-Hans"),
        ("您一是要发票，还要收据，对吗？", "zh-Hans"),
    ],
)
def test_where_no_ways_are_named_none_is_taken(line: str, language: str) -> None:
    assert choice(line, language) is None
