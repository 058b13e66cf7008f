"""Draws: the same in SQL and in Python, evenly spread, and skewed as far as they say."""

import pytest

from adjudge.interchange.tables.parquet import connected
from adjudge.synthetic.draws import Draws, chance, listed, ranked, scattered, skewed
from adjudge.synthetic.rows import numbered


def column(expression: str, count: int) -> list[int]:
    with connected() as db:
        return [row[0] for row in db.execute(f"SELECT {expression} FROM {numbered(count)}").fetchall()]  # noqa: S608


@pytest.mark.parametrize("seed", ["1", "", "année 🫖"])
def test_sql_draws_what_python_draws(seed: str) -> None:
    draws = Draws(seed)
    assert column(draws.sql("x", "n"), 1_000) == [draws.number("x", place) for place in range(1_000)]


@pytest.mark.parametrize("place", [0, 2**32 - 1, 999_999_999])
def test_the_greatest_places_do_not_overflow(place: int) -> None:
    with connected() as db:
        found = db.execute(f"SELECT {Draws('1').sql('x', f'{place}::UBIGINT')}").fetchall()
    assert found == [(Draws("1").number("x", place),)]
    assert 0 <= found[0][0] < 2**32


def test_seeds_and_purposes_draw_otherwise() -> None:
    found = {Draws(seed).number(purpose, 7) for seed in ("1", "2") for purpose in ("a", "b")}
    assert len(found) == 4


def test_draws_are_known_by_their_numbers() -> None:
    """A change of these numbers is another population for every seed: say so in the changelog."""
    assert [Draws("1").number("x", place) for place in range(3)] == [3907312628, 2826910289, 3252241654]


def test_draws_are_spread_evenly_over_every_bit() -> None:
    draws = column(Draws("1").sql("x", "n"), 20_000)
    for bit in range(32):
        assert 9_600 < sum(draw >> bit & 1 for draw in draws) < 10_400
    assert len(set(draws)) > 19_990


@pytest.mark.parametrize("count", [1, 2, 3, 7, 10, 97, 1_000, 4_096])
def test_scattering_gives_each_rank_a_number_of_its_own(count: int) -> None:
    assert sorted(column(scattered("n", count), count)) == list(range(count))


@pytest.mark.parametrize("count", [1, 2, 5, 126])
def test_ranks_and_skewed_numbers_stay_below_their_count(count: int) -> None:
    draws = Draws("1")
    for expression in (
        ranked(draws.sql("l", "n"), draws.sql("p", "n"), count),
        skewed(draws.sql("s", "n"), count),
    ):
        found = column(expression, 5_000)
        assert min(found) == 0
        assert max(found) < count


def test_two_of_three_ranks_are_in_the_first_fifth_and_so_again_within_it() -> None:
    draws = Draws("1")
    found = column(ranked(draws.sql("l", "n"), draws.sql("p", "n"), 12_500), 30_000)
    first = [rank for rank in found if rank < 2_500]
    assert 0.70 < len(first) / len(found) < 0.76  # two thirds, and a fifth of the others
    assert 0.55 < sum(rank < 500 for rank in found) / len(first) < 0.75


def test_a_chance_is_the_share_that_it_says() -> None:
    found = column(f"{chance(Draws('1').sql('c', 'n'), 1, 8)}::INT", 20_000)
    assert 2_300 < sum(found) < 2_700


def test_the_place_in_a_short_list_counts_from_nought() -> None:
    assert column(listed([4, 5, 6], "n"), 3) == [4, 5, 6]
