"""Tools that no list knows, by their capital and by being put to use: "we roster in Quibble"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.self_model.frames import START
from bot.self_model.lexicon import load
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence, is_negated

ADVERBS = (
    r"(?:also |now |currently |still |mostly |mainly |just |really |all |already |"
    r"actually |only |both |primarily |usually |heavily |basically |do |have been |"
    r"'ve been )*"
)
WE = (
    r"(?:i've|we've|i|we|i'm|i am|im|we're|we are|my team|our team|my team is|our team is|our company|"
    r"my company|my department|our department|my org|our org|the team|we in \w+|we at \w+|us in \w+|everyone here|"
    r"everybody here|us)"
)
FOR = Quick(r"\b(?:for|as our|as the|as my) (?:our |the |all |most )?(?P<what>[\w/-]+(?: [\w/-]+)?)")
NAME = (
    r"(?P<name>(?!(?:I|We|The|A|An|My|Our|It|This|That|These|Those|You|They|He|She|Google|English|German|"
    r"French|Spanish|Italian|Dutch|"
    r"Polish|Chinese|Japanese|Danish|Swedish|Portuguese|Czech|Monday|Tuesday|Wednesday|Thursday|Friday|"
    r"Saturday|Sunday|January|February|"
    r"March|April|May|June|July|August|September|October|November|December|CEO|CTO|CFO|COO|HR|IT|API|APIs|"
    r"CSV|JSON|XML|PDF|SLA|KPI|KPIs|OKR|"
    r"OKRs|SSO|VPN|TLS|SSL|AI|ML|LLM|LLMs|UTC|CET|GDPR|ISO|SOC|EU|US|UK|Europe|OK|FYI|BTW|ASAP|EOD|B2B|PO|"
    r"POs|PR|PRs|QA|UAT|DNS|RAG|ETL|Christmas|Easter|"
    r"Scrum|Agile|Kanban)\b)[A-Z][\w+#.-]*\w(?: (?:[A-Z][\w+#.-]*\w|\d[\d.]*)){0,2})"
)
UNKNOWN_TOOL = re.compile(
    r"(?: (?:a tool called|something called|a system called|a thing called|software called|an? \w+ called|"
    r"the|our|a|an|an old|the old|good old|everything in|"
    rf"everything on|all of it in|it all in))?\s{NAME}(?P<after>(?= (?:for|as|to|at|since|and|with|here|"
    r"because|but|on|in|every|all|daily|these|now|which|where|plus|instead|of)\b)|"
    r"\s*(?=[,.;:!)(–—+&/]|$)|(?= -))(?!')"
)
USE_CUES = frozenset(
    """
    use using run runs rely relying swear swears log track keep do plan manage schedule store write document bought
    rolled standardised standardized administer stuck pay licence license spend live draw model chart simulate
    render edit compose everything it's all our my
    """.split()
)
PUTS_TO_USE = Quick(
    rf"(?<![\w'])(?:{WE} {ADVERBS}(?:use|using|run(?: everything| it all| all of it)? on|runs on|rely on|"
    r"relying on|swear by|swears by|log (?:everything|all|it all|our \w+) in|"
    r"track (?:everything|all|it all|our \w+|the \w+) in|keep (?:everything|all|it all|our \w+|the \w+) "
    r"in|do (?:everything|all|it all|our \w+|the \w+|most of it) (?:in|with)|"
    r"plan (?:everything|all|our \w+|the \w+) (?:in|with)|manage (?:everything|all|our \w+|the \w+) (?:in|"
    r"with)|schedule (?:everything|all|our \w+|the \w+) (?:in|with)|"
    r"store (?:everything|all|our \w+|the \w+) in|write (?:everything|all|our \w+|the \w+) in|document "
    r"(?:everything|all|our \w+|the \w+) in|just bought|recently bought|"
    r"rolled out|standardi[sz]ed on|have standardi[sz]ed on|administer|are stuck with|'re stuck with|am "
    r"stuck with|are stuck on|'re stuck on|pay for|have a licen[cs]e for|"
    r"spend (?:my|our) (?:days?|time|life|mornings) in|live and breathe|draw (?:everything )?in|model "
    r"(?:everything )?in|chart in|simulate in|render in|edit in|compose in)"
    r"|(?:it's|it is|now it's) (?:all|just|only) (?:in |on )?(?=[A-Z\w]+ (?:now|here|these days|today)\b)|"
    rf"{START}(?:using|still using|stuck (?:with|on)|running everything on|all on|everything (?:is |lives |"
    r"goes )?(?:in|on|into|through))"
    r"|(?:our|my) (?:\w+ ){1,3}(?:is|are|runs? on|lives? in|sits? in|is called|comes? from|goes? into|"
    r"goes? through|go into|is still|are still|is all|are all)(?: in| on| done in| kept in)?)"
    r"(?=\s)",
)


def find_unknown(sentence: Sentence) -> Iterator[Finding]:
    """A tool no list knows, by its capital and by being put to use: "we use Foo for alerting"."""
    if sentence.words.isdisjoint(USE_CUES):
        return
    for found in PUTS_TO_USE.finditer(sentence.text):
        named = UNKNOWN_TOOL.match(sentence.text, found.end())
        if named is None or not sentence.is_about_self(found.start()) or is_negated(found[0]):
            continue
        ours = found[0].lower().startswith(("our", "my"))
        if ours and OURS_NOT_A_TOOL.search(found[0]):
            continue
        use = FOR.match(sentence.text, named.end("name") + 1)
        words = use["what"].lower().split() if use else ["-"]
        categories = load().categories
        category = categories.get(" ".join(words)) or categories.get(words[0]) or "other"
        if ours and category == "other" and not OURS_A_TOOL.search(found[0]):
            continue
        yield Finding(
            address=f"tool:{category}",
            value=named["name"],
            start=found.start(),
            end=use.end() if use and category != "other" else named.end("name"),
            weight=0.7,
        )


OURS_A_TOOL = Quick(
    r"\b(?:system|software|tool|tools|platform|stack|suite|app|package|erp|wms|tms|mes|lims|ehr|emr|pms|"
    r"lms|cms|crm|scada|database|wiki|ticketing|"
    r"tickets|scheduling|rostering|rosters?|booking|bookings|planning|records|inventory|warehouse|"
    r"charting|charts|invoicing|invoices|payroll|"
    r"dispatch|tracking|reporting|reports|engine|editor|ide|language|firewalls?|backups?|email|mail|chat|"
    r"calendar|cad|drawings|models|documents|"
    r"contracts|library|catalogue|catalog|timesheets|monitoring|network|data)\b",
)
OURS_NOT_A_TOOL = Quick(
    r"\b(?:name|boss|manager|ceo|cto|head|director|office|team|customers?|clients?|vendor|competitor|"
    r"competitors|biggest|main|goal|company|"
    r"city|town|colleague|champion|contact|site|plant|city|country|language of|market|partner|supplier|friend|lead)\b",
)
