"""What is made of a pack is made once, and never taken for another pack's."""

from __future__ import annotations

from simulator.language.per_pack import MOST_KEPT, once_per_pack


def test_it_is_made_once_of_each_object() -> None:
    asked: list[list[str]] = []

    @once_per_pack
    def length(of: list[str]) -> int:
        asked.append(of)
        return len(of)

    some = ["a", "b"]
    assert [length(some), length(some)] == [2, 2]
    assert asked == [some]


def test_an_object_equal_to_a_known_one_is_another() -> None:
    @once_per_pack
    def itself(of: list[str]) -> list[str]:
        return of

    first, second = ["a"], ["a"]
    assert itself(first) is first
    assert itself(second) is second


def test_an_object_that_came_into_the_place_of_one_that_is_gone_is_not_taken_for_it() -> None:
    @once_per_pack
    def only(of: list[int]) -> int:
        return of[0]

    for number in range(MOST_KEPT * 3):
        assert only([number]) == number


def test_only_the_oldest_is_forgotten() -> None:
    asked: list[int] = []
    objects = [[number] for number in range(MOST_KEPT + 1)]

    @once_per_pack
    def only(of: list[int]) -> int:
        asked.append(of[0])
        return of[0]

    for one in (*objects, *reversed(objects[1:]), objects[0]):
        only(one)
    assert asked == [*range(MOST_KEPT + 1), 0]
