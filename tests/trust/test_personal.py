"""Personal data with a shape is found where its checks hold, and numbers of other kinds are left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.trust.personal import find_personal, has_luhn, is_iban


def found(text: str) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in find_personal(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write to support.team+eu@example.co.uk please", [("EMAIL", "support.team+eu@example.co.uk")]),
        ("card 4111 1111 1111 1111 expired", [("CREDIT_CARD", "4111 1111 1111 1111")]),
        ("IBAN GB82 WEST 1234 5698 7654 32.", [("IBAN", "GB82 WEST 1234 5698 7654 32")]),
        ("DE89370400440532013000 is ours", [("IBAN", "DE89370400440532013000")]),
        ("my ssn: 219-09-9999", [("US_SSN", "219-09-9999")]),
        ("blocked for 203.0.113.7 since noon", [("IP", "203.0.113.7")]),
        ("also 2001:db8::8a2e:370:7334", [("IP", "2001:db8::8a2e:370:7334")]),
        ("call me at +49 30 901820", [("PHONE", "+49 30 901820")]),
        ("my number is 555-867-5309", [("PHONE", "555-867-5309")]),
        ("(020) 7946 0958 is the hotline", [("PHONE", "(020) 7946 0958")]),
        ("mobile 07700900123", [("PHONE", "07700900123")]),
        ("<tel:+4930901820|+49 30 901820>", [("PHONE", "+4930901820"), ("PHONE", "+49 30 901820")]),
        ("<mailto:a@b.io|a@b.io>", [("EMAIL", "a@b.io"), ("EMAIL", "a@b.io")]),
        ("a@b.io or 203.0.113.9", [("EMAIL", "a@b.io"), ("IP", "203.0.113.9")]),
    ],
)
def test_a_shape_with_its_checks_is_found_exactly(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "order 4111111111111112 is late",  # no Luhn
        "DE89370400440532013001",  # wrong check digits
        "released on 2026-10-05 at 14:22:33",
        "see 10/11/2026 and 1.2.2026",
        "version 1.2.3.4 is out",
        "127.0.0.1:5432 refuses connections",
        "ticket 20261005, build 1791234567.123456",
        "we ingest 1 200 000 rows a day",
        "rows 1000-2000 of 350000",
        "latency went from 120 to 4500 ms",
        "sha 9f86d081884c7d659a2feaa0c55ad015",
        "123-45-67890",
        "the ratio is 3.14159265358979",
        "ticket https://example.com/browse/1234567890123",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert found(text) == []


@given(st.text(max_size=200))
def test_spans_are_ordered_apart_and_inside_the_text(text: str) -> None:
    spans = find_personal(text)
    assert all(0 <= one.start < one.end <= len(text) for one in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@given(st.integers(min_value=10**14, max_value=10**15 - 1))
def test_one_of_ten_last_digits_is_the_check_digit(prefix: int) -> None:
    assert sum(has_luhn(f"{prefix}{digit}") for digit in range(10)) == 1


@given(st.integers(min_value=0, max_value=10**18 - 1))
def test_one_of_the_check_digits_of_an_account_is_right(number: int) -> None:
    """Of 02..98, exactly one pair of check digits fits an account."""
    assert sum(is_iban(f"DE{check:02d}{number:018d}") for check in range(2, 99)) == 1
