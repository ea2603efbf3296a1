"""The versions of the prompts: every change of wording is a new version, so that answers can be compared by it."""

from __future__ import annotations

import hashlib

ANSWER = "answer-1"
OBSERVE = "observe-1"
# version -> the first 12 hex digits of SHA-256 of its stable text; a test holds the text to it
DIGESTS = {ANSWER: "cb4f368ac8bc", OBSERVE: "688390482c69"}


def digest(text: str) -> str:
    """The fingerprint of a prompt's stable text."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
