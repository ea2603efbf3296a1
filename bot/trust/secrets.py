"""Secrets by their issuer: tokens, keys and passwords that must not be kept, logged or sent on.

Shapes are those that the issuers publish for secret scanning. A value without a telling shape counts as a password only
where the text calls it one.
"""

from __future__ import annotations

import re

from bot.trust.model import Span

SHAPES: dict[str, str] = {
    "private-key": r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----(?:[\s\S]*?-----END (?:[A-Z0-9]+ )*PRIVATE KEY-----)?",
    "slack-bot-token": r"xoxb-[0-9A-Za-z-]{10,}",
    "slack-user-token": r"xox[ps]-[0-9A-Za-z-]{10,}",
    "slack-app-token": r"xapp-\d-[0-9A-Za-z-]{10,}",
    "slack-config-token": r"xoxe(?:\.xox[bp])?-[0-9A-Za-z-]{10,}",
    "slack-webhook": r"https://hooks\.slack\.com/(?:services|workflows|triggers)/[\w/+-]{20,}",
    "teams-webhook": r"https://[\w.-]+\.webhook\.office\.com/webhookb2/[\w@/-]{20,}",
    "aws-access-key": r"(?:AKIA|ASIA)[0-9A-Z]{16}",
    "aws-secret-key": r"(?i:aws_?secret(?:_?access)?_?key)[\"']?\s*[:=]\s*[\"']?(?P<value>[A-Za-z0-9/+]{40})",
    "github-token": r"(?:gh[pousr]_[0-9A-Za-z]{30,}|github_pat_[0-9A-Za-z_]{40,})",
    "gitlab-token": r"gl(?:pat|dt|rt|cbt|ptt|ft)-[0-9A-Za-z_-]{20,}",
    "anthropic-key": r"sk-ant-[0-9A-Za-z_-]{16,}",
    "openai-key": r"sk-(?!ant-)(?:proj-|svcacct-|admin-)?[0-9A-Za-z_-]{20,}",
    "google-api-key": r"AIza[0-9A-Za-z_-]{35}",
    "google-oauth-token": r"ya29\.[0-9A-Za-z_-]{20,}",
    "azure-storage-key": r"AccountKey=(?P<value>[A-Za-z0-9+/]{60,}={0,2})",
    "stripe-key": r"(?:sk|rk)_(?:live|test)_[0-9A-Za-z]{16,}",
    "sendgrid-key": r"SG\.[0-9A-Za-z_-]{20,}\.[0-9A-Za-z_-]{20,}",
    "twilio-key": r"SK[0-9a-f]{32}",
    "npm-token": r"npm_[0-9A-Za-z]{36}",
    "pypi-token": r"pypi-AgE[0-9A-Za-z_-]{40,}",
    "huggingface-token": r"hf_[0-9A-Za-z]{30,}",
    "databricks-token": r"dapi[0-9a-f]{32}",
    "atlassian-token": r"ATATT3[0-9A-Za-z_=-]{40,}",
    "telegram-bot-token": r"\d{8,10}:AA[0-9A-Za-z_-]{33}",
    "jwt": r"eyJ[0-9A-Za-z_-]{8,}\.eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{8,}",
    "url-password": r"[a-z][a-z0-9+.-]*://[^\s/:@]+:(?P<value>[^\s/:@]{3,})@[\w.-]+",
    "bearer-token": r"(?i:authorization:\s*bearer|\bbearer)\s+(?P<value>[0-9A-Za-z._~+/-]{20,}=*)",
    "password": (
        r"(?i:\b(?:password|passwd|pwd|passphrase|client[_ -]?secret|api[_ -]?key|access[_ -]?token|secret[_ -]?key)\b)"
        r"[\"']?\s*(?::|=|(?i:\bis\b:?))\s*[\"'`]?(?P<value>(?=[^\s\"'`]*[\d!@#$%^&*_])[^\s\"'`,;<>]{6,})"
    ),
}
BOUNDED = "(?<![0-9A-Za-z_])"
PATTERNS = tuple((kind, re.compile(BOUNDED + shape)) for kind, shape in SHAPES.items())
TELLING = re.compile(  # one quick look decides for nearly every message that there is nothing to find
    r"-----BEGIN|xox|xapp-|hooks\.slack|webhook|AKIA|ASIA|(?i:secret|passw|pwd|passphrase|bearer|api[_ -]?key|token)"
    r"|gh[pousr]_|github_pat|gl\w{2,3}-|sk-|AIza|ya29|AccountKey|[sr]k_|SG\.|SK[0-9a-f]|npm_|pypi-|hf_|dapi|ATATT|:AA"
    r"|eyJ|://[^\s/]*@"
)


def find_secrets(text: str) -> tuple[Span, ...]:
    """The secrets in a text, each once, by position; of overlapping ones the most specific (listed first)."""
    if not TELLING.search(text):
        return ()
    found: list[Span] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span("value") if "value" in pattern.groupindex else match.span()
            if not any(start < one.end and one.start < end for one in found):
                found.append(Span(start, end, kind))
    return tuple(sorted(found))
