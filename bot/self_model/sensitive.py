"""What is never a belief: health, religion, ethnicity, politics, unions, sexuality, pay, performance, crime, family."""

from __future__ import annotations

from functools import lru_cache

from bot.self_model.quick import Quick

SENSITIVE = Quick(
    r"\b(?:diagnos\w+|cancer|chemo(?:therapy)?|depress\w+|anxiety|adhd|autis\w+|dyslex\w+|bipolar|burn(?:ed|"
    r"t)?[- ]?out|burnout|therap(?:y|ist)|medication|pregnan\w+|disab(?:ility|led)|"
    r"illness|chronic|surgery|sick leave|medical leave|"
    r"parental leave|maternity|paternity|migraine\w*|diabet\w+|hiv|epilep\w+|wheelchair|"
    r"rehab|alcoholic|sober|mental health|"
    r"christian|catholic|protestant|muslim|islam\w*|jew(?:ish)?|hindu|buddhis[tm]|"
    r"atheist|church|mosque|synagogue|ramadan|religio\w+|pray(?:er|ing)?|lent|kosher|"
    r"halal|"
    r"ethnic\w*|race|racial|black (?:man|woman|person)|asian|hispanic|latin[oax]|immigrant|"
    r"visa status|asylum|citizenship|"
    r"republican|democrat|conservative party|labour party|socialist|communist|liberal voter|"
    r"i vote(?:d)?|voting for|political(?:ly)? party|politic\w+|trump|biden|"
    r"trade union|(?:in|out of|left|leav(?:e|ing)|join(?:ed|ing)?) the union\b|"
    r"union (?:member|rep|steward)\w*|shop steward|works council (?:member|rep)|"
    r"gay|lesbian|bisexual|queer|transgender|trans (?:man|woman)|non-?binary|lgbt\w*|sexual\w*|coming out|"
    r"salary|salaries|my pay|pay ?rise|raise (?:this|next)|bonus|compensation|earn(?:ing)? \W?\d|"
    r"underpaid|wage|stock options|net worth|debt|mortgage|"
    r"performance (?:review|plan|improvement)|\bpip\b|underperform\w*|fired|laid off|"
    r"layoff\w*|got a warning|disciplin\w+|my rating|exceeds expectations|meets expectations|"
    r"convicted|arrested|criminal record|divorc\w+|marri(?:ed|age)|my (?:wife|husband|"
    r"girlfriend|boyfriend|partner|kids?|son|daughter)|age \d\d|\d\d years old)\b",
)
AT_WORK = Quick(
    r"\b(?:union types?|union all|race conditions?|compensation (?:logic|transaction)|"
    r"debt (?:ratio)|tech(?:nical)? debt|black box|salary data|payroll|bonus points?|"
    r"chronic(?:ally)? (?:slow|late)|trans(?:action|form)\w*)\b",
)


@lru_cache(maxsize=2_000)  # asked of every finding of a sentence
def is_sensitive(text: str) -> bool:
    """Whether a text touches an attribute that is never kept."""
    return SENSITIVE.search(text) is not None and SENSITIVE.search(AT_WORK.sub(" ", text)) is not None
