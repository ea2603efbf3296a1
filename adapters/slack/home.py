"""The App Home: what is believed of the person who opens it and why, what they agreed to, what the champion sees of
them; above it for a champion the last digest, for an administrator what runs the bot. Published to that person's own
view, so nobody else reads it. Slack takes 100 blocks.
"""

from __future__ import annotations

from datetime import date

from adapters.form_words import IN_PUBLIC, NAMED
from adapters.home_words import AGREED, BELIEVED, CONSENT_ACTIONS, EMPTY, FORGET_ALL, HINT, KNOWN, MORE, SEEN, offered
from adapters.slack.blocks import Block, button, context, plain, section
from adapters.slack.digest import render_digest
from adapters.slack.forms import DO_NOT, LEARN, NEW
from adapters.slack.pilot_form import NAME
from adapters.slack.text import escape
from bot.digest.model import Digest
from bot.flows.tell_home import Home
from bot.flows.tell_office import Office
from bot.pilot.model import Pilot
from bot.pilot.roster import listed_on
from bot.self_model.explain import Entry, Quote
from bot.self_model.model import CONFIDENCE_FLOOR
from bot.trust import consent
from bot.trust.model import Consent

MOST_BLOCKS = 100
AROUND = 14  # blocks at most that are no beliefs, digest or office
LONGEST_QUOTE = 300
MOST_PEOPLE = 20  # evaluators named
QUOTES = 2  # shown of each belief, the latest first
DIVIDER: Block = {"type": "divider"}
FIX, FORGET = "Put right…", "Forget"
CHOOSE, SET_UP, CHANGE_PILOT = "Choose what you agree to…", "Set up a pilot…", "Change…"
CHOSEN = frozenset({"agree", "decline", "unname", "name"})  # the consent's buttons that its form stands for


def render_home(home: Home, office: Office | None = None) -> Block:
    """The view, for its person alone."""
    above: list[Block] = []
    for digest in home.digests[:2]:
        above += [*show_digest(digest), DIVIDER]
    above += [show_led(one) for one in home.led[:3]]
    above += [DIVIDER] if home.led else []
    above += [*show_office(office), DIVIDER] if office else []
    believed = show_beliefs(home, MOST_BLOCKS - AROUND - len(above))
    agreed = [DIVIDER, header(AGREED), *show_consent(home.consent)]
    sees = [DIVIDER, header(SEEN), *section(escape(consent.tell_what_champion_sees(home.consent)))]
    sees += section(escape(home.told)) if home.told else []
    return {"type": "home", "blocks": [*above, header(BELIEVED), *believed, *agreed, *sees]}


def header(words: str) -> Block:
    return {"type": "header", "text": plain(words)}


def show_digest(digest: Digest) -> list[Block]:
    """The last digest of a pilot, as it was told."""
    (post,) = render_digest(digest)
    return list(post.blocks)


def show_led(pilot: Pilot) -> Block:
    """Who takes part in a pilot, for its champion; they may change it."""
    people = listed_on(pilot, pilot.ends or date.max)
    named = ", ".join(f"<@{one.id}>" for one in people[:MOST_PEOPLE])
    rest = f" and {len(people) - MOST_PEOPLE} more" if len(people) > MOST_PEOPLE else ""
    told = f"*{escape(pilot.name)}*: {named}{rest}" if named else f"*{escape(pilot.name)}*: everyone who asks"
    change = button(CHANGE_PILOT, NAME, pilot.id)
    return {"type": "section", "text": {"type": "mrkdwn", "text": f"Evaluators of {told}"}, "accessory": change}


def show_office(office: Office) -> list[Block]:
    """The pilots, the health and what is left to do, for an administrator."""
    blocks: list[Block] = [header("Running Daytwo")]
    if office.todo:
        blocks += section("*Left to set up*\n" + "\n".join(f"• {escape(one)}" for one in office.todo))
    for pilot, told in office.pilots[:5]:
        change = button(CHANGE_PILOT, NAME, pilot)
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": escape(told)}, "accessory": change})
    blocks.append(context("   ·   ".join(escape(one) for one in office.health)))
    if not office.pilots:
        blocks.append({"type": "actions", "elements": [button(SET_UP, NAME, NEW) | {"style": "primary"}]})
    return blocks


def show_beliefs(home: Home, room: int) -> list[Block]:
    """Each belief with how sure, the words it rests on, and buttons to put it right or have it forgotten; as many as
    there is room for."""
    entries = [(group.title, entry) for group in home.groups for entry in group.entries]
    if not entries:
        return section(EMPTY)
    blocks: list[Block] = [context(KNOWN[home.status])]
    titled = ""
    for place, (title, entry) in enumerate(entries):
        shown = [] if title == titled else section(f"*{escape(title)}*")
        shown += show_entry(place, entry)
        if len(blocks) + len(shown) > room - 2:
            blocks.append(context(f"and {len(entries) - place} more: {MORE}"))
            break
        blocks += shown
        titled = title
    return [*blocks, context(HINT)]


def show_entry(place: int, entry: Entry) -> list[Block]:
    """One belief."""
    unused = "" if entry.confidence >= CONFIDENCE_FLOOR else ", too unsure to use"
    said = f"{escape(entry.label)}: *{escape(entry.value)}*  ({entry.sureness}, {entry.confidence:.0%}{unused})"
    rests = "".join(f"\n>{show_quote(one)}" for one in reversed(entry.quotes[-QUOTES:]))
    fix = button(FIX, f"daytwo_fix_{place}", f"{entry.address} {entry.value}")
    forget = button(FORGET, f"daytwo_say_{place}", f"forget {entry.address} {entry.value}")
    text = {"type": "mrkdwn", "text": (said + rests)[:3_000]}
    return [{"type": "section", "text": text}, {"type": "actions", "elements": [fix, forget]}]


def show_quote(quote: Quote) -> str:
    """How the words came to be said, the words, and the day, linked where there is a link. Slack writes the day as its
    reader's clock and language have it."""
    words = " ".join(quote.text.split())
    shown = words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1] + "…"
    link = f"^{quote.permalink}" if quote.permalink.startswith("https://") else ""
    day = f"<!date^{int(quote.at.timestamp())}^{{date_pretty}}{link}|{quote.at.day} {quote.at:%B}>"
    return f"{quote.how} “{escape(shown)}” ({day})"


def show_consent(agreed: Consent) -> list[Block]:
    """Where the consent stands, and what can be done about it."""
    said = consent.QUESTION if consent.is_open(agreed) else consent.describe(agreed)
    spoken = frozenset[str]() if consent.is_open(agreed) else CHOSEN
    choose = button(CHOOSE, "daytwo_consent", write_state(agreed))
    others = [make_action(one) for one in offered(agreed) if one not in spoken]
    return [*section(escape(said)), {"type": "actions", "elements": [choose, *others]}]


def write_state(agreed: Consent) -> str:
    """What is agreed to, as the form is told of it."""
    learns = [] if consent.is_open(agreed) else [LEARN if agreed.modelling else DO_NOT]
    also = [NAMED] if agreed.named_to_champion else []
    return ",".join([*learns, *also, *([IN_PUBLIC] if agreed.private_in_public else [])]) or "-"


def make_action(name: str) -> Block:
    """A button that says the words of a chat command; erasing everything is asked about first."""
    words, says = CONSENT_ACTIONS[name]
    made = button(words, f"daytwo_say_{name}", says)
    if name == "agree":
        return made | {"style": "primary"}
    if name != "forget":
        return made
    sure = dict(zip(("title", "text", "confirm", "deny"), map(plain, FORGET_ALL), strict=True))
    return made | {"style": "danger", "confirm": sure}
