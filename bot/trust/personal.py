"""Personal data with a shape of its own: e-mail, phone, card, bank account, social security number, IP address.

Where a shape has a checksum it is checked; a run of digits counts as a phone number only with a phone's punctuation or
a word that calls it one. Names of people are found elsewhere: they have no shape.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable

from bot.trust.model import Span

DIGIT = re.compile(r"\d")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,24}\b")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
CARD = re.compile(r"(?<![\d.+-])\d(?:[ -]?\d){11,18}(?![\d-]|\.\d)")
SSN = re.compile(r"(?<![\d-])(?!000|666|9\d\d)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}(?![\d-])")
IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)")
IPV6 = re.compile(r"(?<![\w:])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])")
PHONE = re.compile(
    r"(?:(?<=tel:)|(?<![\w.:/#=-]))(?:\+|00)?\(?\d(?:[ ./-]{0,2}[()]{0,2}[ ./-]?\d){6,14}(?![\w]|[.:/=-]\d)"
)
PHONE_WORD = re.compile(
    r"(?i:phone|\bcall|\bring\b|mobile|\bcell|\btel\b|\btel[.:]|telephone|\bfax|\boffice\b|hotline|whatsapp"
    r"|\bsms\b|\btext me"
    r"|messages? to|reach (?:me|us|him|her|them)|\bnumber\b|contact)"
)
NOT_PHONE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}(?:\D|$)|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$|(?:\d{1,3}\.){3}\d{1,3}$|\d+\.\d+$"
    r"|\d+(?: ?- ?)\d+$"
)
VERSION_WORD = re.compile(r"(?i)(?:\bv|version|release|build)\.? ?$")
LOOK_BACK = 40  # characters before and after a number in which a word may call it a phone number


def has_luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of the others (ISO/IEC 7812-1)."""
    doubled = [int(one) * (2 if place % 2 else 1) for place, one in enumerate(reversed(digits))]
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0


def is_card(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return digits[0] in "123456" and len(set(digits)) > 1 and has_luhn(digits)


def is_iban(text: str) -> bool:
    """Whether the check digits fit (ISO 13616: mod 97 of the rearranged number is 1)."""
    plain = text.replace(" ", "")
    moved = plain[4:] + plain[:4]
    return 15 <= len(plain) <= 34 and int("".join(str(int(one, 36)) for one in moved)) % 97 == 1


def is_address(text: str) -> bool:
    """Whether it is an IP address of something beyond this machine."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified)


CHECKED: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("EMAIL", EMAIL, bool),
    ("IBAN", IBAN, is_iban),
    ("US_SSN", SSN, bool),
    ("CREDIT_CARD", CARD, is_card),
    ("IP", IPV6, is_address),
)


def find_personal(text: str) -> tuple[Span, ...]:
    """The personal data with a shape, by position, none overlapping."""
    found: list[Span] = []
    if "@" not in text and not DIGIT.search(text):
        return ()
    for kind, pattern, is_right in CHECKED:
        for match in pattern.finditer(text):
            if is_right(match.group()):
                add(found, match, kind)
    for match in IPV4.finditer(text):
        if is_address(match.group()) and not VERSION_WORD.search(text[: match.start()]):
            add(found, match, "IP")
    for match in PHONE.finditer(text):
        if is_phone(match, text):
            add(found, match, "PHONE")
    return tuple(sorted(found))


def add(found: list[Span], match: re.Match[str], kind: str) -> None:
    """Note a find, unless it overlaps an earlier one."""
    start, end = match.span()
    if not any(start < one.end and one.start < end for one in found):
        found.append(Span(start, end, kind))


def is_phone(match: re.Match[str], text: str) -> bool:
    """Whether digits are a phone number: by + or brackets, by grouping in threes and fours, or by the words around."""
    written = match.group()
    digits = re.sub(r"\D", "", written)
    if not 7 <= len(digits) <= 15 or (NOT_PHONE.match(written) and not written.startswith("+")):
        return False
    if written.startswith("+") or re.match(r"(?:00\d{1,3})?\(\d+\)", written):
        return True
    groups = re.findall(r"\d+", written)
    around = text[max(0, match.start() - LOOK_BACK) : match.end() + LOOK_BACK]
    if PHONE_WORD.search(around):
        return len(groups) > 1 or len(digits) >= 9
    return 3 <= len(groups) <= 6 and all(2 <= len(one) <= 4 for one in groups) and len(digits) >= 9
