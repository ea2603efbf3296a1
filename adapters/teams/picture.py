"""A digest's picture as a message, in few colours, so that it fits into what Teams takes. Drawing takes a while."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

from adapters.teams.cards import Element, card
from bot.digest.model import Digest
from bot.digest.picture import describe_picture, draw_picture

LARGEST = 25_000  # bytes of a message's picture as text; Teams takes about 28 KB in all
WIDTHS = (960, 720, 480)  # in pixels, the widest that fits is taken; Teams shows up to 1,024
COLOURS = 16
LONGEST_ALT = 500


def show_picture(digest: Digest) -> dict[str, object] | None:
    """The message; None where there is nothing to draw, or what was drawn fits in no size."""
    drawn = draw_picture(digest)
    fitting = (small for width in WIDTHS if drawn and len(small := shrink(drawn, width)) <= LARGEST)
    picture = next(fitting, "")
    if not picture:
        return None
    words = describe_picture(digest)[:LONGEST_ALT]
    image: Element = {"type": "Image", "url": f"data:image/png;base64,{picture}", "altText": words, "size": "Stretch"}
    shown = card([image | {"msteams": {"allowExpand": True}}], wide=True)
    return {"type": "message", "summary": words, "attachments": [shown]}


def shrink(png: bytes, width: int) -> str:
    """A picture at most so wide and in few colours, in base 64."""
    from PIL import Image

    with Image.open(BytesIO(png)) as drawn:
        scale = min(1.0, width / drawn.width)
        sized = drawn.convert("RGB").resize(
            (round(drawn.width * scale), round(drawn.height * scale)), Image.Resampling.LANCZOS
        )
        held = BytesIO()
        sized.quantize(COLOURS, dither=Image.Dither.NONE).save(held, format="png", optimize=True)
    return b64encode(held.getvalue()).decode()
