"""What a model call costs: US dollars for a million tokens, in one dated table that can be overridden.

Prices change; `PRICED_ON` says when these were written down. A model without a price is taken at the dearest one known,
so that a budget is never passed because of a missing row.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.errors import Misconfigured

PRICED_ON = date(2026, 11, 1)
MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """US dollars for a million tokens: fresh input, input read from the cache, input written to it, output."""

    input: float
    cached: float
    cache_write: float
    output: float


def rates(input: float, output: float) -> Rates:
    """The usual proportions: cache reads at a tenth of fresh input, cache writes at five quarters."""
    return Rates(input=input, cached=round(input * 0.1, 6), cache_write=round(input * 1.25, 6), output=output)


# By family, longest prefix first: a dated release costs what its family does.
PRICES: Mapping[str, Rates] = {
    "claude-opus": rates(5.0, 25.0),
    "claude-sonnet": rates(3.0, 15.0),
    "claude-haiku": rates(1.0, 5.0),
}


def price(
    model: str,
    input_tokens: int,
    cached_tokens: int,
    cache_writes: int,
    output_tokens: int,
    prices: Mapping[str, Rates] = PRICES,
) -> float:
    """US dollars for one call; the four counts are apart, none within another. The offline engine costs nothing."""
    if not input_tokens + cached_tokens + cache_writes + output_tokens:
        return 0.0
    found = find_rates(model, prices)
    spent = (
        input_tokens * found.input
        + cached_tokens * found.cached
        + cache_writes * found.cache_write
        + output_tokens * found.output
    )
    return round(spent / MILLION, 8)


def find_rates(model: str, prices: Mapping[str, Rates] = PRICES) -> Rates:
    """The rates whose name is the longest one within the model's (Bedrock and Vertex put words around it), else the
    dearest."""
    fitting = [name for name in prices if name in model]
    if fitting:
        return prices[max(fitting, key=len)]
    return max(prices.values(), key=lambda one: (one.output, one.input))


def read_prices(text: str) -> dict[str, Rates]:
    """The table with an operator's own rows over it: JSON of model -> {"input", "output"[, "cached", "cache_write"]}.
    Raises Misconfigured."""
    if not text.strip():
        return dict(PRICES)
    try:
        given = json.loads(text)
        own = {str(model): read_rates(row) for model, row in given.items()}
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        raise Misconfigured(
            'DAYTWO_PRICES is no JSON like {"model": {"input": 3, "output": 15}}, in US dollars a million tokens.'
        ) from error
    return {**PRICES, **own}


def read_rates(row: Mapping[str, float]) -> Rates:
    """One row; raises KeyError, TypeError or ValueError where it is none."""
    usual = rates(float(row["input"]), float(row["output"]))
    found = Rates(
        input=usual.input,
        cached=float(row.get("cached", usual.cached)),
        cache_write=float(row.get("cache_write", usual.cache_write)),
        output=usual.output,
    )
    if min(found.input, found.cached, found.cache_write, found.output) < 0:
        raise ValueError("a price below zero")
    return found
