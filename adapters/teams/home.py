"""A person's home as a card in their own chat: what Slack shows in the App Home, with the same words. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence

from adapters.form_words import CHANGE_PILOT_BUTTON, CHOOSE_BUTTON, FIX_BUTTON, SET_UP_BUTTON
from adapters.home_words import AGREED, BELIEVED, CONSENT_ACTIONS, EMPTY, HINT, KNOWN, MORE, SEEN, offered
from adapters.teams.cards import Element, beside, button, card, form_button, group, heading, line, small, title
from bot.digest.model import Digest
from bot.flows.suggest import Suggestion
from bot.flows.tell_home import Home
from bot.flows.tell_office import Office
from bot.self_model.explain import Entry
from bot.self_model.model import CONFIDENCE_FLOOR
from bot.trust import consent
from bot.trust.model import Consent

HOME = frozenset({"home", "my home", "show home", "show my home"})  # what is written to have it shown
WELCOME = "Hello, I answer from your documents, at your depth. Ask me anything, or begin here; *home* shows this again."
LARGEST = 22_000  # bytes of the card; Teams takes 28 KB with what is around it
MOST_ENTRIES = 20
LONGEST_QUOTE = 160
FORGET = "Forget"
CHOSEN = frozenset({"agree", "decline", "unname", "name"})  # what the form of a consent stands for


def render_home(
    home: Home, office: Office | None = None, *, asks: Sequence[Suggestion] = (), greeting: str = ""
) -> Element:
    """The card, with as many beliefs as it has room for. `asks`: questions to begin with."""
    above: list[Element] = [
        *([line(greeting)] if greeting else []),
        *(group(show_digest(one)) for one in home.digests[:2]),
    ]
    above += [group(show_office(office), apart=bool(above))] if office else []
    above += [show_asks(asks)] if asks else []
    for most in range(MOST_ENTRIES, -1, -1):
        made = card([*above, *make_body(home, most, apart=bool(above))], show_consent_actions(home.consent))
        if len(json.dumps(made).encode()) <= LARGEST:
            break
    return made


def make_body(home: Home, most: int, *, apart: bool) -> list[Element]:
    """What is believed, what the champion sees, what was agreed to."""
    sees = [heading(SEEN), line(consent.tell_what_champion_sees(home.consent))]
    said = consent.QUESTION if consent.is_open(home.consent) else consent.describe(home.consent)
    return [
        group([title(BELIEVED), *show_beliefs(home, most)], apart=apart),
        group([*sees, *([line(home.told)] if home.told else [])], apart=True),
        group([heading(AGREED), *(line(one) for one in said.split("\n\n"))], apart=True),
    ]


def show_office(office: Office) -> list[Element]:
    """The pilots, the health and what is left to do, for an administrator."""
    shown = [title("Running Daytwo")]
    if office.todo:
        shown += [heading("Left to set up"), *(line(f"• {one}") for one in office.todo)]
    for pilot, told in office.pilots[:5]:
        change = form_button(CHANGE_PILOT_BUTTON, "set_up", pilot)
        shown.append(beside([line(told)], [{"type": "ActionSet", "actions": [change]}]))
    shown.append(small(" · ".join(office.health)))
    if not office.pilots:
        shown.append({"type": "ActionSet", "actions": [form_button(SET_UP_BUTTON, "set_up")]})
    return shown


def show_asks(asks: Sequence[Suggestion]) -> Element:
    """Questions to begin with."""
    return {"type": "ActionSet", "actions": [button(one.title, "say", says=one.question) for one in asks]}


def show_digest(digest: Digest) -> list[Element]:
    """What the last digest of a pilot said first, and the steps it proposed."""
    steps = [line(f"• {one.text}") for one in digest.attention]
    return [title(f"{digest.name} · day {digest.day}"), line(digest.headline), *steps]


def show_beliefs(home: Home, most: int) -> list[Element]:
    """Each belief with how sure, the latest words it rests on, and buttons to put it right or have it forgotten."""
    entries = [(one.title, entry) for one in home.groups for entry in one.entries]
    if not entries:
        return [line(EMPTY)]
    shown: list[Element] = [small(KNOWN[home.status])]
    titled = ""
    for group_title, entry in entries[:most]:
        shown += [] if group_title == titled else [heading(group_title)]
        titled = group_title
        shown.append(show_entry(entry))
    rest = len(entries) - most
    more = [small(f"and {rest} more: {MORE}")] if rest > 0 else []
    return [*shown, *more, small(HINT)]


def show_entry(entry: Entry) -> Element:
    """One belief."""
    unused = "" if entry.confidence >= CONFIDENCE_FLOOR else ", too unsure to use"
    said = [line(f"{entry.label}: **{entry.value}** ({entry.sureness}, {entry.confidence:.0%}{unused})")]
    if entry.quotes:
        quote = entry.quotes[-1]
        words = " ".join(quote.text.split())
        words = words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1] + "…"
        day = f"{quote.at.day} {quote.at:%B}"
        where = f"[{day}]({quote.permalink})" if quote.permalink.startswith("https://") else day
        said.append(small(f"{quote.how} “{words}” ({where})"))
    fix = form_button(FIX_BUTTON, "fix", f"{entry.address} {entry.value}")
    forget = button(FORGET, "say", says=f"forget {entry.address} {entry.value}")
    return beside(said, [{"type": "ActionSet", "actions": [fix, forget]}])


def show_consent_actions(agreed: Consent) -> Sequence[Element]:
    """What can be done about the consent; erasing everything is marked as what cannot be undone."""
    spoken = frozenset[str]() if consent.is_open(agreed) else CHOSEN
    rest = [make_action(name) for name in offered(agreed) if name not in spoken]
    return [form_button(CHOOSE_BUTTON, "agree"), *rest]


def make_action(name: str) -> Element:
    """A button that says the words of a chat command."""
    shown, says = CONSENT_ACTIONS[name]
    made = button(shown, "say", says=says)
    return made | ({"style": "destructive"} if name == "forget" else {"style": "positive"} if name == "agree" else {})
