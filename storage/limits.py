"""How often work is tried before it is given up, whoever tries it and however it fails."""

MAX_ATTEMPTS = 5  # for an event: handling it costs a model call
MAX_LOST = 10  # senders of a message that were not heard of again: it kills them; else delivery decides when to stop
UNDER_WAY = "Something is being sent there, and which message it becomes is not known yet."
