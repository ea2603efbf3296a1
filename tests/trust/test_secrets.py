"""Secrets are found by their issuer's shape, and ordinary words about secrets are not."""

from __future__ import annotations

import pytest

from bot.trust.screening import redact_secrets
from bot.trust.secrets import find_secrets

# Put together here, so that no scanner takes this file for a leak.
A20, A40 = "a1B2c3D4e5F6g7H8i9J0", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0"
LEAKS = [
    ("slack-bot-token", "xoxb-" + "1234567890-" + A20),
    ("slack-user-token", "xoxp-" + "1234567890-" + A20),
    ("slack-app-token", "xapp-" + "1-A01-" + A20),
    ("slack-webhook", "https://hooks.slack.com/" + "services/T01/B01/" + A20),
    ("aws-access-key", "AKIA" + "ABCDEFGHIJKLMNOP"),
    ("github-token", "ghp_" + A40),
    ("github-token", "github_pat_" + A40 + "_x"),
    ("gitlab-token", "glpat-" + A20),
    ("anthropic-key", "sk-ant-" + "api03-" + A20),
    ("openai-key", "sk-proj-" + A40),
    ("google-api-key", "AIza" + A40[:35]),
    ("stripe-key", "sk_live_" + A20),
    ("sendgrid-key", "SG." + A20 + "ab." + A40),
    ("npm-token", "npm_" + A40[:36]),
    ("huggingface-token", "hf_" + A40),
    ("databricks-token", "dapi" + "0123456789abcdef" * 2),
    ("jwt", "eyJ" + "hbGciOiJIUzI1NiJ9" + ".eyJ" + "zdWIiOiIxMjM0NTY3ODkwIn0." + A20),
    ("private-key", "-----BEGIN " + "RSA PRIVATE KEY-----\nMIIB\n-----END RSA " + "PRIVATE KEY-----"),
]


@pytest.mark.parametrize(("kind", "secret"), LEAKS)
def test_a_token_is_found_whole_and_named_after_its_issuer(kind: str, secret: str) -> None:
    text = f"this does not work: {secret} any idea?"
    (span,) = find_secrets(text)
    assert (span.kind, text[span.start : span.end]) == (kind, secret)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "the db is postgres://svc:hunter22@db.internal/main",
            "the db is postgres://svc:[url-password]@db.internal/main",
        ),
        ("password: S3cret!pass please reset", "password: [password] please reset"),
        ("my wifi passphrase is correct_horse_9", "my wifi passphrase is [password]"),
        ("api_key = 'k3y-0123456'", "api_key = '[password]'"),
        ("Authorization: Bearer " + A40, "Authorization: Bearer [bearer-token]"),
    ],
)
def test_only_the_secret_itself_is_blacked_out(text: str, kept: str) -> None:
    assert redact_secrets(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "How do I rotate the signing secret?",
        "the password is in the vault",
        "my password is wrong again",
        "What is an API key and how long does a token live?",
        "use sk-learn for that, or the skip-token option",
        "see https://example.com/docs?token=none#sk-1",
        "git commit 3f2a9c1b7d8e4f60a1b2c3d4e5f60718293a4b5c",
        "the request id is 6e404041-c617-e898-0c11-40d2c6692eb4",
        "Bearer of bad news: the import failed",
    ],
)
def test_talk_about_secrets_is_left_alone(text: str) -> None:
    assert find_secrets(text) == ()
