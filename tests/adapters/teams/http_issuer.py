"""An issuer of keys that takes its time: it answers once something else went on meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread


class SlowIssuer:
    """What the issuer saw: that it was asked, and whether something else went on before it lost patience."""

    def __init__(self, went_on: Event, patience: float) -> None:
        self.asked, self.heard_in_time = Event(), False
        issuer = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.asked.set()
                issuer.heard_in_time = went_on.wait(patience)
                self.send_error(503)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_port}/openid"


@contextmanager
def serve_slowly(went_on: Event, patience: float) -> Iterator[SlowIssuer]:
    """Serve in a thread of its own; `patience` in seconds."""
    issuer = SlowIssuer(went_on, patience)
    thread = Thread(target=issuer.server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield issuer
    finally:
        issuer.server.shutdown()
        thread.join()
        issuer.server.server_close()
