"""How often work is tried before it is given up, whoever tries it and however it fails."""

MAX_ATTEMPTS = 5  # for an event: handling it costs a model call
MAX_SENDS = 10  # for a message: delivery decides when to stop; this ends what kills its sender every time
UNDER_WAY = "Something is being sent there, and which message it becomes is not known yet."
