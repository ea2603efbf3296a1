"""What is said to be over: projects done, goals reached, limits lifted, duties handed on.

It may be said of anything, in passing. It ends only what is held about the writer and is meant by the same words, so
the rule asks for little: a thing, and a word that it is over.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.self_model.frames import take_thing
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence, is_negated

CUES = frozenset(
    """
    done finished over complete completed cancelled canceled shipped wrapped killed shelved dead behind live closed
    dropped axed ice scrapped parked abandoned delivered history wound through handed stopped gave left passed not
    longer anymore more gone lifted off out settled solved reached achieved met halved doubled matter matters fine
    allowed possible took takes someone somebody ended happened opened aired premiered halted froze suspended
    terminated owns leads runs handles
    takes looks manages taking concluded landed launched went obsolete moot
    irrelevant resolved ok okay forget scrap ignore cancel plug hold postponed reassigned taken pulled canned binned
    stood can dissolved disbanded paused expired passed submitted approved awarded problem else accomplished don't
    off down threw in signed merged survived nailed found reached hit turned i've ditched goodbye rid notice from moved
    """.split()
)
OVER = (
    r"(?:done(?: and dusted)?|finished|over(?! my| the| our| your| \d| here| there)|completed?|cancell?ed|"
    r"shipped|wrapped(?: up)?|killed|shelved|"
    r"dead|closed|dropped|axed|on ice|scrapped|parked|abandoned|delivered|"
    r"history|wound down|behind (?:us|me)|out (?:of )?the door|off (?:my|our|the) (?:plate|desk|list|"
    r"table|agenda|back)|out of the way|settled|solved|resolved|reached|achieved|met|halved|doubled|in "
    r"the bag|"
    r"no longer (?:mine|ours|my (?:\w+)|our (?:\w+)|a (?:\w+)|on the table|needed|relevant|an issue|"
    r"planned|wanted|required|with (?:me|us))|not (?:mine|my \w+|ours|a \w+|needed|relevant|wanted) "
    r"(?:any ?more|any longer|now)|"
    r"in the can|(?:being )?(?:switched|turned|shut) (?:off|down)|dissolved|disbanded|paused|expired|passed|submitted|"
    r"approved|awarded|(?:someone|somebody) else's(?: \w+)?|in(?=\s*(?:[,.;!]|$))|obsolete|moot|irrelevant now|"
    r"off(?=\s*(?:[,.;!]|$))|(?:moved|pushed|deferred|postponed|delayed)(?: back| out| off)? (?:to|until|till) "
    r"(?:next (?:year|"
    r"quarter)|later|further notice|20\d\d)|"
    r"canned|binned|pulled|(?:put "
    r")?on hold|postponed(?: indefinitely)?|reassigned|taken "
    r"(?:off|away from) (?:me|us)|stood down|with (?:another|the other|a different) \w+(?: now)?|lifted|waived|gone|"
    r"fine (?:now|again|since)|allowed (?:now|again|"
    r"since)|ok(?:ay)? (?:now|again|since)|possible (?:now|again|since)|no more)"
)
ENDED = Quick(
    r"^\W*(?:(?:ok|so|and|but|well|update|fyi|btw|also),? )*(?:that|it|this)(?:'s| is| was| has been| got)(?: now| "
    r"all| "
    rf"finally| officially)* {OVER}, (?:the|our|my) (?P<m>[^,;:.!?]{{3,50}}?)(?=\s*[,;.!–—]|\s*$)"
    r"|^\W*(?:(?:ok|so|and|but|well|good news|bad news|update|fyi|btw|yay|finally|phew|sad news|also|the|"
    rf"our|my|that|this|all the|all our|all)\b[\s,:!.-]*)*(?P<a>[^,;:.!?]{{3,60}}?)(?: |(?='s))(?:(?:is|are|was|were|"
    r"'s|has been|have been|got|just got|has|have|finally)(?: now| finally| officially| all| pretty much|"
    rf" already| just| been| both)* {OVER}\b"
    r"|(?:just |finally |officially )?(?:went live|launched|shipped|finished|ended|landed|concluded|opened|aired|"
    r"premiered|closed|"
    r"wrapped up|happened|fell through|fell apart|came to an end|went to (?:another|"
    r"the other|someone|somebody|marketing|sales|finance|it|hr|legal)|moved to (?:another|the other|marketing|sales|"
    r"finance|it|hr|legal)|died)\b|(?:(?:now|all|finally|officially) )*(?:halved|doubled|passed|submitted|approved|"
    r"done|"
    r"complete|completed|cancell?ed|handed in|turned in|signed(?: off)?|delivered|scrapped|killed|retired|abandoned|"
    r"merged|"
    r"closed|survived|complete)(?=\s*(?:[,.;!]|$)| (?:and|last|this|yesterday|today|for good)\b)|(?:doesn't|don't|"
    r"does not|do not|no longer) (?:really "
    r")?matters?(?: any ?more| any longer| now)?\b)"
    r"|\b(?:someone|somebody|anna|a colleague|another team|my (?:successor|colleague|replacement)|the "
    r"(?:new \w+|other team|\w+ team)) (?:else )?(?:now )?(?:leads|runs|does|has(?! to\b)|is|handles|owns|looks after|"
    r"took over|takes over|is taking over|took|manages) (?:the |our |my )?(?P<b>[^,;:.!?]{3,50}?)(?= now|"
    r" from now| from me|\s*(?:[,;.!]|$))"
    r"|(?<![\w'])(?:i|we|i've|we've|i have|we have)? ?(?:just |finally |recently |have |had to "
    r")*(?:handed|passed|gave|signed|turned) (?:over )?(?:the |our |my )?(?P<c>[^,;:.!?]{3,50}?)(?: over|"
    r" on| off)? to (?=\w)"
    r"|(?<![\w'])(?:i|we|i've|we've|i'm|we're|i have|we have|i am|we are)(?: just| finally| now| "
    r"already)* (?:no longer (?:do|run|lead|handle|manage|work on|look after|own|need|want|have)|stopped "
    r"(?:doing|running|leading|working on|handling)|(?:gave|given) up(?: on)?|stepped (?:back|down|away) from|handed "
    r"in my notice as|let go of|moved on from|ditched|"
    r"threw out|thrown out|got rid of|quit|done with|through with|"
    r"finished(?: with)?|out of|don't [a-z]+ (?=(?!get|understand|know|like|care)[^.!?]*\b(?:any ?more|any "
    r"longer)\b)|not (?:doing|working on|leading|running|on) (?=[^.!?]*\b(?:any ?more|any longer)\b)) "
    r"(?:the |our |my )?(?P<d>[^,;:.!?]{3,50}?)(?= any ?more| any longer| now|\s*(?:[,;.!]|$)| (?:since|"
    r"because|as|so|and)\b)"
    r"|\b(?:the )?(?:ban|freeze|restriction|limit|rule|embargo|block) (?:on|against|for|of) "
    r"(?P<e>[^,;:.!?]{3,40}?) (?:is|was|has been|got|are)(?: now| finally)? (?:lifted|gone|over|dropped|"
    r"removed|relaxed|history)"
    r"|(?<![\w'])(?:i|we)(?:'ve| have)? (?:just |finally |all |now )*(?:survived|passed|finished|completed|delivered|"
    r"submitted|handed in|turned in|shipped|closed|nailed|wrapped up|wrapped|closed out|finali[sz]ed|"
    r"launched|released|published|rolled out|found|reached|hit) (?:the |our |my |an? )"
    r"(?P<k>[^,;:.!?]{3,50}?)(?=\s*(?:[,.;!]|$)| (?:and|last|this|yesterday|today|now|on|in time)\b)"
    r"|(?<![\w'])i(?:'ve| have|'m| am| was| got)? (?:been |just |now )*(?:taken|moved|pulled|rotated) off (?:the |"
    r"our |my )?"
    r"(?P<l>[^,;:.!?]{3,50}?)(?=\s*(?:[,.;!]|$)| (?:and|last|this|yesterday|today|now|on|because)\b)"
    r"|^\W*(?:the |our |my )?(?P<i>[^,;:.!?]{3,60}?)(?:: | - | – )(?:now |finally |all )*(?:paused|done|cancell?ed|"
    r"on hold|"
    r"on ice|finished|dead|over|complete|shipped|stopped)\b"
    r"|^\W*(?:the |our |my )?(?P<j>[^,;:.!?]{3,60}?) (?:is|are) [^.!?]{0,40}?\bnot (?:my|our) (?:\w+ )?(?:problem|"
    r"baby|job|"
    r"concern|headache|circus|responsibility)\b"
    r"|^\W*(?:(?:ok|so|and|but|well|please|pls|you can|oh|btw|update),? )*(?:forget(?: about)?|scrap|ignore|cancel|"
    r"never "
    r"mind) (?:what i (?:said|wrote|told you) about )?(?:the |our |my |that |this )?(?P<f>[^,;:.!?]{3,50}?)(?= "
    r"(?:thing|"
    r"stuff|bit|topic|plan|idea|project)\b|\s*(?:[,;.!–—]|$))"
    r"|(?<![\w'])(?:we|i|they|management|the board)(?:'ve| have| had)? (?:just |finally )?(?:pulled the plug on|"
    r"called off|"
    r"put an end to) (?:the |our |my )?(?P<g>[^,;:.!?]{3,50}?)(?=\s*(?:[,;.!]|$)| (?:since|because|as|so|and|last|"
    r"this)\b)"
    r"|(?<![\w'])(?:they|he|she|management|my boss)(?:'ve| have)? (?:just |finally )?(?:took|taken) (?:the |our |my )"
    r"?(?P<h>[^,;:.!?]{3,50}?) (?:away from|off) (?:me|us)\b"
    r"|\b(?:stopped|cancell?ed|killed|shelved|axed|scrapped|pulled|froze|paused|dropped|parked|binned|canned|halted|"
    r"postponed|suspended|terminated|defunded|dissolved|nixed|vetoed|mothballed|wound up|shut down|shelve|called off) "
    r"(?:the |our |my )(?P<n>(?!plug)[^,;:.!?]{3,50}?)(?= (?:this|last|yesterday|today|now|for|because|after|until|"
    r"on|in|"
    r"since|so|and|again)\b|\s*(?:[,;.!–—]|$))"
    r"|(?<!\w)(?:(?:(?-i:(?!Someone|Somebody|They|She|He)[A-Z][a-z]+)|@\w+)(?: now| has|'s| have)* (?:owns|leads|runs|"
    r"handles|looks after|takes care of|manages)|(?:(?-i:[A-Z][a-z]+)|@\w+|she|he|they)(?: now| has|'s| have|'ll| "
    r"will)* "
    r"(?:took over|taken over|takes over|taking over|take over|inherits|inherited)) (?:the |our |my )?"
    r"(?P<o>[^,;:.!?]{3,50}?)(?= now| from| as of| since|\s*(?:[,;.!]|$))",
)
NEARLY = Quick(
    r"\b(?:almost|nearly|half|not yet|never|isn't|aren't|wasn't|hasn't|haven't|far from|when|once|until|"
    r"if|till|before|as soon as|unless|hope|wish|want|will be|would be)\b",
)
OTHERS = Quick(
    r"^(?:their|his|her|your|the vendor|the customer|it|he|she|they|you|what|that|this|which|who|there|"
    r"everything|nothing|all|i|we|lunch|meeting|weekend|day|week)\b|\w's\b(?! \w+ (?:is|was))",
)
LIMITED = Quick(
    r"\b(?:lifted|waived|fine|allowed|ok|okay|possible|ban|freeze|restriction|limit|rule|embargo|block)\b",
)
JUDGED = Quick(r"\bmatters?\b")
MINE = Quick(
    r"\b(?:mine|my|me|handed|passed|gave|someone|somebody|took|takes|i|i'm|i've|owns|leads|handles|inherit\w*)\b"
)


def find_endings(sentence: Sentence) -> Iterator[Finding]:
    """What the sentence says is over, at every address where it may be held."""
    if sentence.question or sentence.joking or sentence.words.isdisjoint(CUES):
        return
    for found in ENDED.finditer(sentence.text):
        which = next(name for name in "abcdefghijklmno" if found[name])
        start, end = found.span(which)
        if (
            OTHERS.search(sentence.text[start:end])
            or is_negated(sentence.text[start:end])
            or NEARLY.search(sentence.text[: found.end()])
        ):
            continue
        thing = take_thing(sentence.text, start)
        if thing is None or not sentence.is_about_self(start):
            continue
        value = sentence.text[thing[0] : min(thing[1], end)].strip()
        for address in _addresses(sentence.text[found.start() : found.end()]) if value else ():
            yield Finding(address=address, value=value, start=thing[0], end=found.end(), weight=-1.0, ends=True)
        return


def _addresses(said: str) -> tuple[str, ...]:
    """Where that which is said to be over in these words may be held."""
    if LIMITED.search(said):
        return ("constraint",)
    if JUDGED.search(said):
        return ("criterion", "goal")
    return ("project", "role") if MINE.search(said) else ("project", "goal")
