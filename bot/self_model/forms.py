"""Forms of answers that someone wants no more, and those they want in their place: "those bullets lose the why, go for
paragraphs", "no need for the basics any more"."""

from __future__ import annotations

from collections.abc import Iterator

from bot.self_model.model import Source
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence, is_negated

FORMS = (  # the forms of answers by the words that people use for them
    ("format", "bullets", r"bullets?(?:[ -]?(?:points?|lists?))?|dot points|bulleted(?: lists?)?|lists"),
    ("format", "table", r"tables?|grids?|tabular(?: form)?"),
    ("format", "steps", r"steps|step[ -]by[ -]step|numbered(?: lists?| steps)?|numbering"),
    ("format", "code", r"code(?: (?:samples?|snippets?|blocks?|examples?))?|snippets"),
    ("format", "examples", r"examples?"),
    (
        "format",
        "prose",
        r"prose|paragraphs?|(?:plain |normal |full |running |whole |complete )+(?:text|sentences?|words)|"
        r"sentences?|running text|flowing text|continuous text",
    ),
    ("length", "short", r"short(?:er)?|brief|concise|terse|one-?liners?|tl;?dr|compact|crisp"),
    ("length", "long", r"long(?:er)?|lengthy|detailed|more detail|in full|in detail|full-length|walls of text"),
    (
        "depth",
        "foundational",
        r"basics?|beginner'?s?|simple words|eli5|from scratch|from zero|baby steps|hand-?holding|newbie|"
        r"for dummies|kindergarten|the 101",
    ),
    ("depth", "expert", r"expert|deep dives?|nitty-?gritty|advanced|technical"),
)
FORM = Quick(
    r"(?<![\w-])(?<!any )(?<!no )(?:"
    + "|".join(rf"(?P<{kind}_{value}>{words})" for kind, value, words in FORMS)
    + r")(?![\w-])(?P<noun> (?:answers?|replies|explanations?|versions?|style|format|form|stuff|ones?|mode|level|"
    r"summaries|responses))?",
)
FORM_WORDS = frozenset(
    """
    bullets bullet dot bulleted lists table tables grid grids tabular steps step numbered numbering code snippets
    example examples prose paragraph paragraphs sentence sentences text words short shorter brief concise terse liner
    liners oneliner oneliners tl tldr compact crisp long longer lengthy detailed detail full walls basic basics beginner
    beginners beginner's simple eli scratch zero baby hand handholding newbie dummies kindergarten expert deep nitty
    nittygritty advanced technical
    """.split()
)
FORM_CUES = frozenset(  # one of them stands where a form is wanted no more
    """
    scratch forget ignore stop drop no enough lose skip instead rather mind thoughts second done sick tired fed bored
    over off never not don't dont cut away longer scrap leave leaves spare used switch go annoy annoys annoying break
    breaks breaking loses losing garble garbles miss misses confuse confuses confusing hide hides drops fail fails too
    getting get drive slow good useless unreadable mess pain mangled anymore more bore bores again actually after from
    better you past beyond outgrown outgrew need
    """.split()
)
FORM_DROPPED = Quick(  # right before a form
    r"\b(?:scratch|forget|ignore|stop|drop|no more|enough(?: of| with)?|lose|skip|instead of|rather than|"
    r"changed my mind (?:about|on)|second thoughts (?:about|on)|(?:said|wrote|asked|told you) (?:about|for|on|re)|"
    r"done with|sick of|tired of|fed up with|bored of|over|gone off|never mind|not|stop with|cut|away from|"
    r"past|beyond|outgrown|outgrew|need(?: to)? explain|no longer(?: (?:want|need|like|the))?|(?:don't|do not) "
    r"(?:want|need|like)|scrap|leave out|spare me|used to "
    r"(?:want|"
    r"like|prefer)|switch from|go from|no need for) "
    r"(?:(?:the|those|these|all|all the|my|your|such|that|any|so many|only|just|always|giving|making|with) )*[\"“'*]*$",
)
FORM_FAILS = Quick(  # right after it: what speaks against it
    r"(?: (?:answers?|replies|explanations?|versions?|thing|stuff|ones?))?(?: (?:on|in) \w+ \w+)?(?: (?:start to|"
    r"started to|"
    r"begin to|always|just|actually|really|only|have|are starting to|do|kind of|sort of|often|are|is|were|was) ?)*"
    r" ?(?:lose|break|annoy|garble|leave (?:out|me)|miss|confuse|hide|skip|don'?t (?:work|help|render|fit|show|do it)|"
    r"drop|fail|are too|too (?:\w+)|getting|get (?:on|too|lost|cut|mangled)|drive me|kill|slow me|not (?:working|"
    r"enough|for me|helping)|no good|useless|unreadable|a mess|a pain|mangled|any ?more|no more|no longer|"
    r"make me|bore)\w*",
)
CALLED_FOR = Quick(  # right after a form: that it is wanted now
    r"(?: (?:are|is|will be|would be|'s)?(?: now| also| just| much| perfectly)*(?: ?(?:better|fine|enough|ok|okay|"
    r"good|best|"
    r"instead|preferred))|,? (?:please|pls|plz)|,? (?:again|instead|now)(?=[ ,.;!:]|$)|,? from (?:now|here) on|,? "
    r"for me"
    r"|,? with me|,? it is\b|,? going forward)",
)
CALL_FOR = Quick(  # right before it
    r"\b(?:go (?:for|with|to|back to)?|please(?: use| write| make it| keep it| in)?|pls|switch to|back to|use|give "
    r"me|make "
    r"(?:it|them)|keep (?:it|them)|want|prefer|write|in|need|like|rather|now|actually) (?:(?:the|a|an|some|plain|"
    r"just|more) )*$",
)
ON_THE_WHOLE = Quick(
    r"\b(?:from (?:now|here) on|changed my mind|second thoughts?|after all|instead|actually|again|scratch|forget|"
    r"any ?more|no longer|no more|enough|stop|rather than|ignore|these days|better|annoy\w*|break\w*|garble\w*|"
    r"lose\w*|leaves? out|you can)\b",
)


def find_forms(sentence: Sentence) -> Iterator[Finding]:
    """Forms of answers that are wanted no more, and those wanted in their place."""
    text = sentence.text
    if sentence.joking or sentence.words.isdisjoint(FORM_WORDS) or sentence.words.isdisjoint(FORM_CUES):
        return
    if FORM.search(text) is None or DOCUMENT.search(text) or not sentence.may_be_wish:
        return
    over: set[tuple[str, str]] = set()
    wanted: set[tuple[str, str]] = set()
    for found in FORM.finditer(text):
        before = text[: found.start()]
        if COUNTED.search(before) or not sentence.is_about_self(found.start()):
            continue
        form = next((kind, value) for kind, value, _ in FORMS if found[f"{kind}_{value}"])
        denied = is_negated(text[sentence.clause_at(found.start())[0] : found.start()])
        called = CALL_FOR.search(before) is not None
        if denied or FORM_DROPPED.search(before) or FORM_FAILS.match(text, found.end()):
            over.add(form)
        elif (
            (over or ON_THE_WHOLE.search(text))
            and not sentence.question
            and (CALLED_FOR.match(text, found.end()) or (called and (over or form[0] == "length")))
        ):
            wanted.add(form)
    for kind, value in sorted(over - wanted):
        yield Finding(address=f"preference:{kind}", value=value, start=0, end=len(text), weight=-1.0, ends=True)
    for kind, value in sorted(wanted - over):
        yield Finding(address=f"preference:{kind}", value=value, start=0, end=len(text), source=Source.CORRECTION)


DOCUMENT = Quick(  # whose form is spoken of, and not that of answers
    r"\b(?:the|my|our|this|that|a|your|his|her|their) (?:\w+ )?(?:docs?|documents?|reports?|deck|emails?|mails?|"
    r"slides?|"
    r"tickets?|pr|posts?|presentation|readme|page|file|memo|form|agenda|contract|invoice|spec|specs|wiki|website|site|"
    r"database|schema|query|meeting|call|standup|app|release|build)\b|\bi(?:'ll| will)\b"
)
COUNTED = Quick(r"\b(?:two|three|four|five|six|ten|\d+|one|this|that|the following|these \w+) $")
