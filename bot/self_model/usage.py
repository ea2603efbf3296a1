"""How people word that a tool is in use with them, and what shows that it is not."""

from __future__ import annotations

from bot.self_model.frames import START
from bot.self_model.quick import Quick

OWN_SIDE = Quick(
    r"\b(?:the (?:\w+ )?team(?=\b)|were an?|we|we're|we've|our|ours|us|i|i'm|i've|im|my|mine|here|"
    r"everything|everyone here)\b",
)
IN_USE = Quick(
    r"\b(?:ship(?:s|ping)?|deploy\w*|go(?:es)? (?:through|via|to|into|over)|runs? (?:through|"
    r"via|in|on|under|over)|running|behind|sits? (?:on|in|behind)|lands? in|flows? (?:through|"
    r"into|via)"
    r"|log(?:s|ging)? (?:in )?(?:with|through|via|into)|authenticat\w+|sync\w*|feed\w*|"
    r"pull\w* from|push\w* (?:to|into)|writ(?:e|es|ing)|cod(?:e|es|ing)|program\w*|"
    r"ingest\w*|dump\w*|load\w* (?:into|to)"
    r"|quer(?:y|ies|ying)|track\w* (?:\w+ ){0,3}in|hosted|got|stick(?:ing)? (?:with|"
    r"to)|swear by|live[sd]?|kept|stor\w+|back(?:ed|end) by|powered by|built (?:on|"
    r"with|in)|spin up|schedul\w+|orchestrat\w+|monitor\w*|alert\w*"
    r"|manag\w+ (?:\w+ ){0,3}(?:in|with)|automat\w+ (?:\w+ ){0,3}(?:with|in)|version\w* (?:\w+ "
    r"){0,3}(?:in|with)|document\w* (?:\w+ ){0,3}in|plan\w* (?:\w+ ){0,3}in|talk in|"
    r"chat in|collaborat\w+ (?:in|on)|work\w* (?:\w+ ){0,2}(?:in|with|on|out of)|us(?:e|"
    r"es|ing)|handled by|through|on top of|connected to|wired (?:to|into)|integrated with|"
    r"open|install\w*|upgrad\w+|admin\w*|maintain\w*|stuck (?:on|with)|house|shop)\b",
)
SHOP = Quick(
    r"\b(?:we'?re|we are|i'?m (?:at|in)|our) (?:an? |all )?[\w /+-]{2,30}(?:shop|house|"
    r"company|stack|setup|toolbox|tooling|toolchain)\s*(?::|-|–|—|=)\s*",
)
NOT_IN_USE = Quick(
    r"\b(?:evaluat\w+|consider\w*|compar\w+|look(?:ed|s|ing)? (?:at|into|for|like)|think(?:ing)?|trial\w*|"
    r"try|trying|tried|demo\w*|quote[sd]?|vendors?|pitch\w*|meeting|met|meet|read(?:ing)?|the docs|(?:a|"
    r"the|online) course (?:on|in|about)|"
    r"learn\w*|want\w*|wish|hop(?:e|ing)|needs?|needed|plan(?:s|ned)? (?:to|on|for)|planning|could|would|"
    r"should|might|maybe|"
    r"perhaps|if|like[sd]?|loves?|loved|hate[sd]?|they|he|she|customers?|clients?|competitors?|instead of|"
    r"rather than|unlike|vs|versus|"
    r"than|no longer|used to|previously|formerly|old|last (?:company|job)|replac\w+|sell\w*|support(?:s|"
    r"ed)?|heard|hear|saw|seen|"
    r"ask\w*|conference|article|blog|news|talk(?:ed|ing)? about|interview\w*|certif\w+|better|worse|"
    r"problem with|issue with|outage|"
    r"down|does|alternative|export to|blam\w+|wait\w* for|watch\w*|attend\w*|invit\w*|visit\w*|present\w*|explain\w*|"
    r"discuss\w*|mention\w*|debat\w*|decid\w+|reject\w*|declin\w*|bann?\w*|block\w*|forb\w+|allowed|against|dream\w*|"
    r"cancel\w*|refus\w*|avoid\w*|quit|stopped|hire[sd]?|former|poc|pilot(?:ing|ed)?|invest\w*|stocks?|shares|"
    r"question|questions|opinion|wonder\w*|curious|recommend\w*|suggest\w*|okay with|ok with|comfortable|"
    r"hopeless|good (?:with|at)|beginner|worth|anyone|someone|somebody|next year|soon|one day|"
    r"eventually|future|new to|know|knew|understand|familiar|expert|beginner|experience\w*|years of|"
    r"studied|taught|teach|"
    r"no (?:clue|idea|experience|knowledge|need)|without|missing|lack|except|other than|rep|reps|people "
    r"from|guys (?:from|at)|licen[cs]e expired|"
    r"what|how|why|whether|who|which is|because of|due to|thanks to|from)\b",
)
OTHERS = Quick(  # not the writer's side, whatever "my" or "our" stands before it
    r"\b(?:my|our|the) (?:\w+ )?(?:(?:wife|husband|partner|girlfriend|boyfriend|kids?|son|daughter|friend|"
    r"brother|sister|dad|mom|mum|"
    r"mother|father|cousin|uncle|aunt|neighbou?r|flatmate|colleagues?|boss|manager|competitors?|"
    r"competition|customers?|clients?|"
    r"vendors?|suppliers?|landlord|bank|dentist|gym|contractor|agency|consultants?|outsourcer|parent "
    r"company|sister company|"
    r"predecessor|intern|new hire)(?:'s)?|(?:old|previous|former|last|ex))\b"
    r"|\b(?:a|an|some|this|that) (?:\w+ )?(?:colleagues?|friends?|buddy|mate|customers?|clients?|partner|"
    r"team|guy|person) of (?:mine|ours)\b",
)
OPERATES = Quick(  # what a tool of one's own does, with the tool as the subject
    r" (?:(?:still|also|now|then|just|only|mostly) )?(?:handles|runs|does|powers|feeds|holds|stores|"
    r"drives|covers|takes care of|keeps|sits|lives|"
    r"manages|carries|serves|processes|tracks|schedules|routes|is (?:what|where|how) (?:we|i|our)|for) "
    r"(?:the|our|all|everything|my|in|on|"
    r"behind|underneath|most|\w+s\b)",
)
BUSY_WITH = Quick(
    rf"{START}(?:(?:still|currently|now|mostly|mainly|all|just|always|already|basically|sadly|daily|i'm "
    r"afraid|yes),? )*(?:using|running(?: on| everything on)?|stuck (?:on|with|in)|living in|working "
    r"(?:in|with|on|out of)|still on|all on|"
    r"relying on|hosted on|built on|based on|deployed on|moved (?:over )?to|switched to|migrated to|daily|"
    r"mostly|mainly|all|sitting in|"
    r"buried in|knee[- ]deep in|spending my days in|everything (?:is |runs |lives |goes )?(?:in|on|through|into)|"
    r"(?:got this|this is|that's|this comes|it comes|comes|pulled|exported) (?:from|out of) (?:our|my))"
    r" (?:[\w.+#]+(?:,| and| \+| &) )*(?:our |the |a |an |old |good old )*$",
)
LISTED = Quick(
    r"(?:^|\b)(?:my|our|the|current|daily|data|tech|whole|full)? ?(?:setup|set-up|stack|tech stack|tools?|"
    r"tooling|toolbox|toolchain|tool chain|toolset|"
    r"kit|environment|systems?|software|apps?|programs?|daily drivers?|weapons of choice|weapon of choice|"
    r"arsenal|landscape|platforms?|languages?)"
    r"(?: here| today| at work| right now| in use| we use| i use)?\s*(?::|=|–|—| - | is basically | are "
    r"basically |, basically)\s*",
)
LABEL = Quick(
    r"(?:^\W*|[,;.] ?|\band )(?:our |the |my |on the )?(?:front-?end|back-?end|db|database|infra|"
    r"infrastructure|ci|ci/cd|cloud|hosting|chat|tickets|ticketing|docs|wiki|monitoring|alerting|auth|sso|"
    r"data|warehouse|dwh|bi|etl|os|ide|"
    r"languages?|crm|erp|lms|ehr|emr|wms|tms|mes|scheduling|rostering|rosters|payroll|vcs|version control|"
    r"editor|engine|cad|planning|storage|mail|email|mobile|testing|reporting|dashboards|analytics|"
    r"orchestration|queue|streaming|logs|logging|"
    r"design|drawings|simulation|invoicing|shop|cms|accounting|video|audio|references|statistics|stats|"
    r"maps|gis|booking|bookings|dispatch|telephony|calls|surveys|contracts|search|frontend and "
    r"backend)(?: side| layer| stack)?"
    r" ?(?::|=|->|→|=>|–|—|\bis\b|\bare\b|\bvia\b) ?(?:all |on |in |mostly |mainly |still |just |plain |"
    r"old )*(?:[\w.+#]+(?: ?[,/&+] ?| and | with | w/ | plus ))*$",
)
KEPT_IN = Quick(  # what is done with which tool, in the passive: "the crews are scheduled with AIMS"
    r"^\W*(?:(?:and|so|btw|here|yes|well),? )*(?:the|our|all|all the|all our|every|most|shop floor|crews?|"
    r"rosters?|drawings?|(?:[a-z]+ )?(?!news|this)[a-z]+s(?= )) ?(?:[\w&/-]+ ){0,4}?(?:(?:is|are|gets?|get) (?:all |"
    r"still |mostly |mainly |now "
    r")*(?:scheduled|planned|tracked|kept|stored|drawn|managed|charted|booked|logged|filed|"
    r"handled|paid|invoiced|billed|rostered|archived|documented|recorded|dispatched|monitored|modelled|"
    r"modeled|designed|edited|graded|submitted|registered|prescribed|done|run|hosted|maintained)|runs?|"
    r"lives?|sits?) (?:with|in|via|through|on|using|inside) (?:the |our |an? |old )*$"
    r"|^\W*(?:(?:and|so|btw|here|yes|well),? )*(?:the|our) (?:(?!other|new|old|next|german|french)\w+ "
    r")?(?:ward|lab|office|clinic|hospital|"
    r"school|plant|factory|studio|museum|library|shop|store|warehouse|depot|control room|newsroom|"
    r"practice|shop floor|station|workshop|kitchen|faculty) (?:mostly |still |also |now )?(?:uses|is on|"
    r"works (?:with|in|on)|relies on) (?:the |an? |old )*$",
)
CONTINUED = Quick(  # a clause that goes on about the writer's side without naming it again
    r"^\W*(?:and |plus |then )?(?:backed(?: up)? by|fed (?:by|from)|hosted (?:on|in)|deployed (?:on|to|"
    r"with)|running (?:on|in)|powered by|built (?:on|with)|"
    r"based on|synced (?:to|with)|connected to|wired (?:to|into)|glued together with|held together (?:by|"
    r"with)|with|on top of|all (?:on|in)|everything "
    r"(?:on|in)|through|via|monitored (?:with|by|in)|scheduled (?:with|by|in)|managed (?:with|in|by)|"
    r"tracked in|documented in|written in|kept in|"
    r"sitting (?:on|in|behind)|behind)(?: (?:a|an|the|our|old|good old|plain|mostly|some))*(?: "
    r"[\w.+#/-]+(?:,| and| \+| &))* $",
)
DOING = Quick(
    r"(?<![\w'])(?:i|we|i'm|we're|i've|we've|my \w+|our \w+|our \w+ \w+|everyone here|the (?:\w+ )?team|"
    r"us|ours|mine)\b(?:'s|'re)?"
    r"(?:(?:'s|'re|'m|'ve)? [\w'-]+){0,7}? (?:in|on|with|through|via|into|to|inside|out of|onto|over|is|"
    r"are|around|by|using|has|have|"
    r"got|runs?|backed|fed|hangs? off|off|behind|under|between|=)(?: (?:a|an|the|our|good old|plain|"
    r"mostly|some|just|on|old|still|something like|"
    r"pure|mainly|only|all|both|by|\d+ ?%|\d+ ?% (?:of )?))*(?: [\w.+#/-]+(?:,| and| \+| &| or))* $",
)
