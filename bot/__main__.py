"""`python -m bot`, and the console script `daytwo`."""

from __future__ import annotations

from bot.cli import app


def main() -> None:
    """Run the command line."""
    app(prog_name="daytwo")


if __name__ == "__main__":
    main()
