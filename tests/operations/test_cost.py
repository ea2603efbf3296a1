"""A call costs what its four counts of tokens cost."""

from __future__ import annotations

import pytest

from bot.errors import Misconfigured
from bot.operations.cost import PRICES, find_rates, price, read_prices


@pytest.mark.parametrize(
    ("model", "counts", "dollars"),
    [
        ("claude-sonnet-5-5", (1_000_000, 0, 0, 0), 3.0),
        ("claude-sonnet-5-5", (0, 1_000_000, 0, 0), 0.3),
        ("claude-sonnet-5-5", (0, 0, 1_000_000, 0), 3.75),
        ("claude-sonnet-5-5", (0, 0, 0, 1_000_000), 15.0),
        ("claude-haiku-5-5", (1000, 1000, 1000, 1000), 0.00735),
        ("eu.anthropic.claude-haiku-5-5-v1:0", (1_000_000, 0, 0, 0), 1.0),
        ("unheard-of", (1_000_000, 0, 0, 0), 5.0),
        ("", (0, 0, 0, 0), 0.0),
    ],
)
def test_the_price_of_a_call(model: str, counts: tuple[int, int, int, int], dollars: float) -> None:
    """A model without a price costs what the dearest does."""
    assert price(model, *counts) == pytest.approx(dollars)


def test_an_operator_may_override_and_add_rows() -> None:
    prices = read_prices('{"claude-sonnet": {"input": 1, "output": 2}, "own": {"input": 0, "output": 0, "cached": 0}}')
    assert price("claude-sonnet-5-5", 1_000_000, 0, 0, 1_000_000, prices) == pytest.approx(3.0)
    assert price("own", 1_000_000, 0, 0, 0, prices) == 0
    assert find_rates("claude-opus-5-5", prices) == PRICES["claude-opus"]


@pytest.mark.parametrize("text", ["[]", "no", '{"a": 1}', '{"a": {"input": 1}}', '{"a": {"input": -1, "output": 1}}'])
def test_a_table_that_is_none_stops_the_start(text: str) -> None:
    with pytest.raises(Misconfigured, match="US dollars"):
        read_prices(text)
