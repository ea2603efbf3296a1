"""Reading what a platform sent without trusting its shape: a missing or odd field is an empty one, never an error."""

from __future__ import annotations

import json
from collections.abc import Mapping

Payload = Mapping[str, object]


def part(body: Payload, name: str) -> Payload:
    """A field that should be an object; an empty one where it is not."""
    found = body.get(name)
    return found if isinstance(found, dict) else {}


def word(body: Payload, name: str) -> str:
    """A field that should be a string; "" where it is not."""
    found = body.get(name)
    return found if isinstance(found, str) else ""


def parts(body: Payload, name: str) -> tuple[Payload, ...]:
    """A field that should be a list of objects; whatever in it is none is left out."""
    found = body.get(name)
    return tuple(one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()


def make_storable(body: Payload) -> Payload:
    """The same, with half characters (lone surrogates, which JSON can spell and UTF-8 cannot) as question marks."""
    text = json.dumps(body, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        body = json.loads(text.encode("utf-8", "replace"))
    return body
