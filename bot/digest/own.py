"""What a digest says of one person: opened by the champion, and told word for word to that person; nothing of anyone
else."""

from __future__ import annotations

from bot.digest.model import Digest, DigestLine
from bot.digest.text import say_line
from bot.pilot.say import say_date
from bot.turn import Member


def tell_own(digest: Digest, member: Member) -> str:
    """The member's own line with all that opens behind it, and their steps, word for word; "" where it does not name
    them."""
    lines = [f"• {part}" for one in digest.lines if one.person == member for part in (say_line(one), *one.detail)]
    steps = [f"• {one.text} {one.reason}" for one in digest.attention if one.person == member]
    if not lines and not steps:
        return ""
    return "\n".join((f"The digest of {say_date(digest.on)} says of you:", *lines, *steps))


def tell_evaluator(digest: Digest, line: DigestLine) -> str:
    """An evaluator opened: their line, what is behind it, and the steps that are about them."""
    steps = [f"- **{one.text}** {one.reason}" for one in digest.attention if one.person == line.person]
    listed = [f"- {one}" for one in (say_line(line), *line.detail)]
    return "\n".join((f"**{line.name}** · {digest.name}, day {digest.day} ({say_date(digest.on)})", *listed, *steps))
