"""Takes the pictures of what Slack shows, from the golden files, in a browser: `python docs/images/slack.py FOLDER`.

FOLDER is one outside the repository in which this was run: `npm install slack-blocks-to-jsx@1.1.1 react@18 react-dom@18
esbuild`. Chromium must be there too. The renderer is not Slack's own: margins, fonts and inputs differ, words do not.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops

HERE = Path(__file__).parent
GOLDEN = HERE.parents[1] / "tests" / "adapters" / "slack" / "golden"
WIDTH = 760
HEIGHT = 3_000  # of the page, in its own pixels; what is empty below is cut off
SCALE = 2
MARGIN = 40  # pixels left below the last frame
# Each picture, and the golden files it shows under one another.
PICTURES = {
    "slack-answer.png": ("shown-answer",),
    "slack-not-sure.png": ("shown-hedge", "shown-ask", "shown-decline"),
    "slack-home.png": ("shown-home",),
    "slack-forms.png": ("form-fix", "form-reason", "form-change", "form-consent"),
    "slack-pilot.png": ("form-pilot",),
    "slack-digest.png": ("shown-digest",),
    "slack-review.png": (
        "../../golden/review_wrong.slack",
        "../../golden/review_closed.slack",
        "../../golden/review_rest.slack",
    ),
}
ENTRY = """
import React from "react";
import { createRoot } from "react-dom/client";
import { Message } from "slack-blocks-to-jsx";
import "slack-blocks-to-jsx/dist/style.css";
const shape = { day: "numeric", month: "long" };
const day = ({ timestamp }) => new Date(timestamp * 1000).toLocaleDateString("en-GB", shape);
const user = ({ id }) => <span style={{ color: "#1264a3", background: "#e8f5fa" }}>@{id}</span>;
const mono = "data:image/svg+xml;utf8," + encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="36" height="36" font-family="sans-serif" font-weight="700">' +
  '<rect width="36" height="36" rx="8" fill="#17202a"/>' +
  '<text x="18" y="25" font-size="18" fill="#fff" text-anchor="middle">D2</text></svg>');
const Blocks = ({ blocks, bare }) => (
  <Message blocks={blocks} logo={mono} name="Daytwo" time={new Date("2026-11-02T09:30:00")} withoutWrapper={bare}
    hooks={{ date: day, user }} />);
const Shown = ({ shown }) => {
  if (Array.isArray(shown)) return <div className="frame"><Blocks blocks={shown} /></div>;
  if (shown.type === "home") return <div className="frame"><Blocks blocks={shown.blocks} bare /></div>;
  return (
    <div className="modal">
      <h2>{shown.title.text}</h2>
      <Blocks blocks={shown.blocks} bare />
      <footer><button>{shown.close.text}</button><button className="do">{shown.submit.text}</button></footer>
    </div>);
};
setTimeout(() => document.querySelectorAll(".modal *").forEach((one) => {
  if (!one.children.length && one.textContent.includes("to submit")) one.remove();  // the renderer alone says so
}), 500);
createRoot(document.getElementById("root")).render(SHOWN.map((one, at) => <Shown key={at} shown={one} />));
"""
STYLE = """
body { margin: 0; padding: 20px; background: #f4f4f4; font-family: Lato, "Noto Sans", "DejaVu Sans", sans-serif; }
.frame { background: #fff; padding: 16px 20px; margin-bottom: 16px; border-radius: 8px; border: 1px solid #ddd; }
.modal { background: #fff; margin: 0 auto 20px; max-width: 540px; border-radius: 8px; border: 1px solid #ccc;
  padding: 4px 24px 16px; box-shadow: 0 4px 14px #0002; }
.modal h2 { font-size: 20px; margin: 14px 0; }
.modal footer { border-top: 1px solid #ddd; margin-top: 16px; padding-top: 14px; text-align: right; }
.modal footer button { border: 1px solid #bbb; background: #fff; border-radius: 4px; padding: 8px 14px;
  font-weight: 700; margin-left: 8px; }
.modal textarea { height: 40px !important; min-height: 40px !important; resize: none !important; }
.modal footer .do { background: #007a5a; color: #fff; border-color: #007a5a; }
"""


def bundle(scratch: Path, shown: list[Any]) -> str:
    """A page that shows these messages, homes and modals."""
    entry = scratch / "entry.jsx"
    entry.write_text(ENTRY.replace("SHOWN", json.dumps(shown, ensure_ascii=False)), encoding="utf-8")
    command = [
        "node_modules/.bin/esbuild",
        "entry.jsx",
        "--bundle",
        "--outfile=out.js",
        "--loader:.js=jsx",
        "--jsx=automatic",
    ]
    subprocess.run(command, check=True, capture_output=True, cwd=scratch)
    script, style = ((scratch / name).read_text(encoding="utf-8") for name in ("out.js", "out.css"))
    script = script.replace("</script", "<\\\\/script")
    return (
        f'<!doctype html><meta charset="utf-8"><style>{style}{STYLE}</style>'
        f'<body><div id="root"></div><script>{script}</script></body>'
    )


def take(browser: str, html: str, picture: Path) -> None:
    """One screenshot, at twice the page's size, without what is empty below."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")
        options = "--headless --no-sandbox --disable-gpu --hide-scrollbars --disable-background-networking".split()
        size = [f"--window-size={WIDTH},{HEIGHT}", f"--force-device-scale-factor={SCALE}", "--virtual-time-budget=4000"]
        where = [f"--user-data-dir={folder}/profile", f"--screenshot={picture}", page.as_uri()]
        subprocess.run([browser, *options, *size, *where], check=True, capture_output=True)
    trim(picture)


def trim(picture: Path) -> None:
    """Cut off what is empty at the foot."""
    with Image.open(picture) as taken:
        shown = taken.convert("RGB")
    empty = Image.new("RGB", shown.size, shown.getpixel((0, shown.height - 1)))
    box = ImageChops.difference(shown, empty).getbbox()
    foot = min(shown.height, (box[3] if box else shown.height) + MARGIN)
    shown.crop((0, 0, shown.width, foot)).quantize(128).save(picture, optimize=True)


def main() -> None:
    """Take them all, or those that are named."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None or len(sys.argv) < 2:
        raise SystemExit("Name the scratch folder (see the first lines of this file), and have Chromium installed.")
    scratch, wanted = Path(sys.argv[1]), sys.argv[2:] or list(PICTURES)
    for name in wanted:
        shown = [json.loads((GOLDEN / f"{one}.json").read_text(encoding="utf-8")) for one in PICTURES[name]]
        take(browser, bundle(scratch, shown), HERE / name)


if __name__ == "__main__":
    main()
