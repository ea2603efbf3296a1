"""Instructions smuggled into a text: the probability that it tries to take the bot over.

Signs with a weight each, read from the text after disguises (odd spaces, look-alike letters) are taken off; they add up
as independent causes do: 1 - (1-a)(1-b)…  A weight is the chance that a text with this sign alone is an attack, by
judgement, low wherever ordinary work talk uses the same words. There is no learned part, so nobody's style is a sign.
In a document, words that address the answer being written are a sign too: documents do not know of answers.
"""

from __future__ import annotations

import re
import unicodedata
from math import prod

LONGEST = 20_000  # characters looked at; an attack that needs more to work is split by the passage length anyway
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
TAGGED = re.compile("[\U000e0020-\U000e007e]{8,}")  # ASCII written in invisible tag characters: never innocent

ORDERS = r"(?:instructions?|rules?|guidelines?|prompts?|directions?|directives?|commands?|programming|restrictions?)"
OURS = (
    r"(?:your|the|all|any|these|those|previous(?:ly)?|prior|preceding|above|earlier|initial|original|given|system"
    r"|former"
    r"|of|other)"
)
HIDDEN = r"(?:system|initial|starting|original|hidden|secret|internal|developer|pre-?|base|custom|first|opening|above)"
SHOW = (
    r"(?:print|show|reveal|output|display|repeat|tell|give|leak|expose|dump|write|encode|translate|return|share"
    r"|copy|spell"
    r"|summari[sz]e|paraphrase|recite|disclose|list|send|reproduce|provide|state|explain)"
)
CODES = r"(?:base64|rot13|hex(?:adecimal)?|morse|leetspeak|pig latin|bytes|pseudocode)"

SIGNS: dict[str, tuple[float, str]] = {
    "override": (
        0.85,
        rf"\b(?:ignore|disregard|forget|override|bypass|neglect|drop|skip|do not (?:follow|obey)|don'?t (?:follow|obey)"
        rf"|stop (?:following|obeying))\s+(?:(?:{OURS}|about|everything|to)\s+){{1,5}}{ORDERS}",
    ),
    "override everything": (
        0.7,
        r"\b(?:ignore|disregard|forget)\s+(?:everything|anything|all)\b.{0,30}\b(?:above|before|said|told|so far)\b",
    ),
    "override, elsewhere": (
        0.8,
        r"ignor(?:iere|ez|a|e|are)\s+(?:alle|toutes?|todas?|tutte|les|las|le|die|vorherigen|bisherigen)\b.{0,40}"
        r"(?:anweisungen|instructions|instrucciones|istruzioni|instruções)|忽略.{0,8}(?:指令|指示|说明)"
        r"|игнорируй.{0,30}инструкци",
    ),
    "show the orders": (
        0.75,
        rf"\b{SHOW}\b.{{0,40}}\b(?:your|{HIDDEN})\s+(?:(?:{HIDDEN})\s+)?(?:prompts?|instructions?|directives?"
        rf"|message)\b",
    ),
    "show the system": (
        0.65,
        rf"\b{SHOW}\b.{{0,60}}(?:\bsystem (?:prompt|message|instructions)\b|\binitial (?:prompt|configuration)\b"
        r"|<?system[_ ]prompt>?|\binstructions (?:given|you))",
    ),
    "ask for the orders": (
        0.7,
        rf"\b(?:what(?:'s| is| are| were| was)?|which)\b.{{0,25}}\b(?:your|those)\s+(?:{HIDDEN}\s+)?"
        r"(?:instructions|prompt|system instructions|system prompt)",
    ),
    "system prompt": (0.5, r"\bsystem prompt\s+(?:is|was|says?|reads)\s*(?:[:'\"]|$)"),
    "what it was told": (
        0.7,
        r"\bwhat (?:were|was|have|had) you (?:been )?(?:told|given|instructed|taught)\b.{0,60}"
        r"(?:before|start|initial|first|conversation)|\btext you were given (?:initially|first|at the start)",
    ),
    "what it must not tell": (
        0.75,
        r"\b(?:not|never) (?:supposed|allowed|permitted|meant) to (?:tell|say|reveal|share|give)\b.{0,20}"
        r"|\btold you not to (?:tell|say|reveal)|give me what you can(?:no|')t give",
    ),
    "repeat what stands above": (
        0.7,
        rf"\b{SHOW}\b.{{0,25}}\b(?:text|everything|words?|instructions?|conversation|message|content|all)\b.{{0,12}}"
        r"\b(?:above|before this|so far|(?:entire|whole) conversation|preceding)"
        rf"|\b{SHOW}\s+the\s+above\s+{ORDERS}|repeat (?:this|the) (?:entire|whole) conversation",
    ),
    "repeat the orders": (0.6, rf"\b(?:repeat|recite|print|encode|echo)\s+(?:me\s+)?(?:the|your|all)\s+{ORDERS}\b"),
    "other self": (
        0.8,
        r"\bdo anything now\b|\bDAN mode\b|\b(?:jailbreak|jailbroken)\b.{0,30}\b(?:you|mode|prompt)"
        r"|\byou will be called"
        r"|\boverrid\w+ the restrictions|\bdeveloper mode (?:enabled|on)|\b(?:enable|enter|activate) (?:developer"
        r"|god) mode",
    ),
    "you are now": (
        0.55,
        r"(?:^|[.!?\n]\s*)(?:from now on,? )?you are (?:now )?(?:in (?:maintenance|debug|developer|admin|test) mode"
        r"|dan\b|special agent|no longer|an? (?:unrestricted|unfiltered|evil|uncensored)|the electronic)"
        r"|\bfrom now (?:on )?known as\b|\bfrom now on,? you (?:are|will|must|act)",
    ),
    "without rules": (
        0.6,
        r"\b(?:ai|model|assistant|gpt|llm|chatbot|you)\b.{0,40}\b(?:without|free (?:of|from)|broken free) (?:any )?"
        r"(?:ethics|ethical|restrictions|rules|limits|limitations|filters|morals|censorship)"
        r"|\bbroken free of the typical confines|\bdo(?:es)? not (?:have to )?(?:follow|abide by)\b.{0,20}\brules",
    ),
    "obey": (0.6, r"\byou must (?:obey|comply with) (?:all|every|my)\b|\bobey all orders\b|simulate an ai\b"),
    "forged frame": (
        0.65,
        r"<\|(?:im_start|im_end|system|endoftext)\|>|\[/?INST\]|<</?SYS>>|</?(?:system|system_prompt)>"
        r"|^\s*#{2,}\s*(?:system|new instructions?)\b|\{\s*system:|%{2,}\s*END\b|-{3,}\s*END OF (?:DOCUMENT"
        r"|CONTEXT|INPUT)"
        r"|^\s*(?:system|assistant)\s*:\s*(?:you|ignore|new)",
    ),
    "code for the orders": (
        0.5,
        rf"\b{CODES}\b.{{0,60}}(?:\b(?:your|initial|system|above|original) (?:\w+ )?(?:instructions?|prompt)\b"
        r"|\bgiven initially\b)"
        rf"|\b(?:your|initial|system|above|original) (?:\w+ )?(?:instructions?|prompt)\b.{{0,40}}\b{CODES}\b",
    ),
    "addressed to a model": (
        0.55,
        r"\b(?:note|message|instructions?|attention|hey|dear)[ :,]+(?:to |for )?(?:any |all |the )?(?:ai|llm"
        r"|language model)s?"
        r"\b|\bif you are an? (?:ai|llm|language model|assistant)\b|\bas an ai you'?re programmed"
        r"|\b(?:ai|llm) (?:assistants?|agents?|models?) (?:reading|processing|summari[sz]ing) this",
    ),
    "carry off": (
        0.7,
        r"\b(?:send|post|forward|upload|exfiltrate|e-?mail|append)\b.{0,50}\b(?:conversation|chat history|history"
        r"|messages"
        r"|credentials|passwords?|secrets?|api keys?|tokens?|user data"
        r"|context)\b.{0,40}(?:\bto\b.{0,10}(?:https?:|\S+@|"
        r"\bthis (?:url|address|endpoint))|!\[)",
    ),
    "conceal": (
        0.6,
        r"\b(?:do not|don'?t|never|without) (?:tell|mention|inform|telling|mentioning|informing"
        r"|reveal(?:ing)?)\b.{0,20}"
        r"\b(?:the user|the person|this instruction|these instructions)\b",
    ),
    "secret word": (
        0.6,
        r"\bsecret (?:word|phrase|code|key)\b.{0,60}\b(?:you|tell|know)\b"
        r"|\b(?:without|no) ethics\b.{0,80}\bpassword\b",
    ),
}
DOCUMENT_SIGNS: dict[str, tuple[float, str]] = {
    "about the answer": (
        0.6,
        r"\b(?:in|to|of|into|with|at the (?:end|start|beginning) of) your (?:next |final |entire )?"
        r"(?:response|answer|reply|output|solution|summary)\b",
    ),
    "begin your answer": (
        0.6,
        r"\b(?:begin|start|end|finish|conclude|prefix) (?:your|the|every|each) (?:response|answer|reply|output)s?\b",
    ),
    "to whoever answers": (
        0.6,
        r"\b(?:when|before|if) (?:you )?(?:answer|respond|reply|summari[sz])\w*\b.{0,60}\b(?:say|tell|always|must"
        r"|include"
        r"|recommend|instead)\b|\b(?:respond|reply|answer) only (?:with|in)\b",
    ),
}
FLAGS = re.IGNORECASE | re.MULTILINE | re.DOTALL
COMPILED = {name: (weight, re.compile(shape, FLAGS)) for name, (weight, shape) in SIGNS.items()}
IN_DOCUMENTS = {name: (weight, re.compile(shape, FLAGS)) for name, (weight, shape) in DOCUMENT_SIGNS.items()}
TELLING = re.compile(  # one quick look: without any of these words no sign can match
    r"ignor|disregard|forget|overrid|bypass|neglect|\bobey|follow|instruct|prompt|\btold\b|supposed|allowed"
    r"|\byour?\b|above"
    r"|\bdan\b|anything now|jailbr|mode\b|restrict|ethic|simulat|\bsys|inst\]|<\||%%|---|\b(?:ai|llm)s?\b|secret|"
    r"send|post|forward|upload|exfil|mail|append|user|repeat|忽略|игнор|respon|repl[iy]|answer|can.?t give",
    FLAGS,
)


def plain(text: str) -> str:
    """The text as a model reads it: compatibility forms folded, invisible characters gone, runs of spaces single."""
    folded = INVISIBLE.sub("", unicodedata.normalize("NFKC", text[:LONGEST]))
    return re.sub(r"[ \t]+", " ", folded)


def find_signs(text: str, source: str) -> dict[str, float]:
    """The signs in a text with their weights; `source` is "message" or "document"."""
    hidden = {"hidden text": 0.9} if TAGGED.search(text) else {}
    read = plain(text)
    if not TELLING.search(read):
        return hidden
    signs = COMPILED | IN_DOCUMENTS if source == "document" else COMPILED
    return hidden | {name: weight for name, (weight, shape) in signs.items() if shape.search(read)}


def injection(text: str, source: str) -> float:
    """The probability (0-1) that the text tries to instruct the bot; 0 where no sign of it stands there."""
    return round(1.0 - prod(1.0 - weight for weight in find_signs(text, source).values()), 4)
