"""Takes the pictures of the documents from a demo's pages, in a real browser: `python docs/images/take.py demo-out`.

Needs Chromium. Each picture is one part of a page, cut out with the page's own style.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
WIDTH = 1180
PICTURES = {
    "digest.png": ("report.html", r'<article class="card digest" id="2026-10-07">.*?</article>', 1110),
    "five-answers.png": ("report.html", r'<section id="five">.*?</section>', 2820),
    "self-model.png": ("report.html", r'<section id="people">.*?</section>', 980),
    "verdict.png": ("verdict.html", r"<header.*", 1500),
}


def cut(page: str, pattern: str) -> str:
    """The page with nothing in it but the part."""
    style = "".join(re.findall(r"<style>.*?</style>", page, re.DOTALL))
    found = re.search(pattern, page, re.DOTALL)
    if found is None:
        raise SystemExit(f"The page has no part {pattern!r}; run the demo anew.")
    return f'<!doctype html><meta charset="utf-8">{style}<body><main>{found[0]}</main></body>'


def take(browser: str, html: str, picture: Path, height: int) -> None:
    """One screenshot."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "part.html"
        page.write_text(html, encoding="utf-8")
        options = (
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--disable-background-networking",
        )
        size = f"--window-size={WIDTH},{height}"
        command = [
            browser,
            *options,
            size,
            f"--user-data-dir={folder}/profile",
            f"--screenshot={picture}",
            page.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Take them all."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("No Chromium was found; install one to take the pictures.")
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "demo-out")
    for name, (page, pattern, height) in PICTURES.items():
        take(browser, cut((folder / page).read_text(encoding="utf-8"), pattern), HERE / name, height)


if __name__ == "__main__":
    main()
