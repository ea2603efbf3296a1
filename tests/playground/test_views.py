"""Homes and forms on the page: drawn as the app sent them, filled in and sent, with what is wrong beside its field."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import pytest
from aiohttp import web
from browser import CHROMIUM, browsing
from markupsafe import escape
from slack_sdk.web.async_client import AsyncWebClient

from playground.slack.modals import find_missing, read_state, show_field
from playground.slack.page import to_page
from playground.slack.standin import StandIn
from playground.slack.workspace import Record, Workspace

GOLDEN = sorted((Path(__file__).parents[1] / "adapters" / "slack" / "golden").glob("*.json"))
VIEWS = {
    one.stem: json.loads(one.read_text(encoding="utf-8")) for one in GOLDEN if "form-" in one.stem or "home" in one.stem
}
FORMS = {name: one for name, one in VIEWS.items() if isinstance(one, dict) and one.get("type") == "modal"}
HOMES = {name: one for name, one in VIEWS.items() if isinstance(one, dict) and one.get("type") == "home"}
PEOPLE = {"U1": {"id": "U1", "profile": {"display_name": "Engineer"}}, "U2": {"id": "U2", "profile": {}}}


def words(text: str) -> Record:
    return {"type": "plain_text", "text": text}


def make_input(name: str, **element: Any) -> Record:
    return {
        "type": "input",
        "block_id": name,
        "label": words(name.title()),
        "element": {"action_id": f"in_{name}", **element},
    }


OPTIONS = [{"text": words(one.title()), "value": one} for one in ("simple", "deep")]
FORM = {
    "type": "modal",
    "title": words("Your depth"),
    "submit": words("Save"),
    "close": words("Cancel"),
    "blocks": [
        make_input("name", type="plain_text_input"),
        make_input("depth", type="radio_buttons", options=OPTIONS, initial_option=OPTIONS[0]) | {"optional": True},
        make_input("also", type="checkboxes", options=OPTIONS) | {"optional": True},
        make_input("who", type="multi_users_select", initial_users=["U1"]) | {"optional": True},
        make_input("when", type="datepicker") | {"optional": True},
    ],
}
HOME_VIEW = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": words("What I believe")},
        {
            "type": "actions",
            "elements": [{"type": "button", "action_id": "open", "value": "v", "text": words("Put right")}],
        },
    ],
}


@pytest.mark.parametrize("name", sorted(FORMS))
def test_every_form_of_ours_is_drawn_with_all_its_fields(name: str) -> None:
    workspace = Workspace(people=dict(PEOPLE))
    workspace.modals["V1"] = {**FORMS[name], "id": "V1"}
    assert "<dialog" not in to_page(workspace, title="Here", live=True)
    workspace.viewers["V1"] = "U1"
    page = to_page(workspace, title="Here", live=True)
    inputs = [one for one in FORMS[name]["blocks"] if one["type"] == "input"]
    assert page.count("<fieldset data-block=") == len(inputs) > 0
    for block in inputs:
        assert escape(block["label"]["text"]) in page
        for option in block["element"].get("options", []):
            assert escape(option["text"]["text"]) in page
    assert "<dialog" not in to_page(workspace, title="Here")


@pytest.mark.parametrize("name", sorted(HOMES))
def test_every_home_of_ours_is_shown_with_all_its_buttons(name: str) -> None:
    workspace = Workspace(people=dict(PEOPLE), homes={"U1": [HOMES[name]]})
    page = to_page(workspace, title="Here", live=True)
    elements = [
        one for block in HOMES[name]["blocks"] for one in (*block.get("elements", []), block.get("accessory") or {})
    ]
    for element in elements:
        if element.get("type") == "button":
            assert escape(element["text"]["text"]) in page
        for option in element.get("options", []):
            assert escape(option["text"]["text"]) in page
    assert page.count('name="home" value="U1"') == sum(
        one.get("type") in ("button", "static_select") for one in elements
    )


def test_what_is_filled_in_is_told_as_slack_tells_it() -> None:
    filled = {
        "name": ["Ana"],
        "depth": ["deep"],
        "also": ["simple", "deep"],
        "who": ["U1", "U2"],
        "when": ["2026-11-02"],
    }
    values = read_state(FORM, filled)["values"]
    assert values == {
        "name": {"in_name": {"type": "plain_text_input", "value": "Ana"}},
        "depth": {"in_depth": {"type": "radio_buttons", "selected_option": OPTIONS[1]}},
        "also": {"in_also": {"type": "checkboxes", "selected_options": OPTIONS}},
        "who": {"in_who": {"type": "multi_users_select", "selected_users": ["U1", "U2"]}},
        "when": {"in_when": {"type": "datepicker", "selected_date": "2026-11-02"}},
    }


def test_what_is_left_empty_is_nothing_and_what_is_needed_is_asked_for() -> None:
    values = read_state(FORM, {"name": [""]})["values"]
    assert [next(iter(one.values())) for one in values.values()] == [
        {"type": "plain_text_input", "value": None},
        {"type": "radio_buttons", "selected_option": None},
        {"type": "checkboxes", "selected_options": []},
        {"type": "multi_users_select", "selected_users": []},
        {"type": "datepicker", "selected_date": None},
    ]
    assert set(find_missing(FORM, {"name": [""]})) == {"name"}
    assert find_missing(FORM, {"name": ["Ana"]}) == {}


def test_what_is_known_already_is_picked_at_first() -> None:
    workspace = Workspace(people=dict(PEOPLE))
    fields = {one["block_id"]: show_field(workspace, one) for one in FORM["blocks"]}
    assert [one.value for one in fields["depth"].choices if one.picked] == ["simple"]
    assert [(one.value, one.words, one.picked) for one in fields["who"].choices] == [
        ("U1", "Engineer", True),
        ("U2", "U2", False),
    ]


class App:
    """An app that shows a home, opens a form from it, and does not take every name."""

    def __init__(self, client: AsyncWebClient) -> None:
        self.client = client
        self.sent: list[Record] = []

    async def receive(self, request: web.Request) -> web.Response:
        raw = await request.text()
        told = json.loads(raw if raw.startswith("{") else parse_qs(raw)["payload"][0])
        kind = (told.get("event") or told)["type"]
        if kind == "app_home_opened":
            await self.client.views_publish(user_id=told["event"]["user"], view=HOME_VIEW)
        if kind == "block_actions":
            assert told["container"]["type"] == "view"
            await self.client.views_open(trigger_id=told["trigger_id"], view=FORM)
        if kind == "view_submission":
            if told["view"]["state"]["values"]["name"]["in_name"]["value"] == "wrong":
                return web.json_response({"response_action": "errors", "errors": {"name": "Not that one."}})
            self.sent.append(told)
        return web.Response()


@pytest.fixture
async def app(standin: StandIn, client: AsyncWebClient) -> AsyncIterator[App]:
    made = App(client)
    application = web.Application()
    application.router.add_post("/", made.receive)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    standin.delivery.url, standin.delivery.secret = f"http://127.0.0.1:{runner.addresses[0][1]}/", "a-secret"
    yield made
    await standin.delivery.close()
    await runner.cleanup()


async def test_a_home_is_opened_a_form_filled_in_mended_and_sent(standin: StandIn, address: str, app: App) -> None:
    """Over HTTP, as the page does it."""
    async with aiohttp.ClientSession() as session:

        async def post(where: str, **form: Any) -> Any:
            async with session.post(f"{address}/{where}", data=form) as response:
                return await (response.json() if where in ("submit", "close") else response.text())

        assert "Put right" in await post("home", user="U1")
        assert "Your depth" in await post("press", home="U1", action="open", value="v")
        (view,) = standin.workspace.viewers
        assert (await post("submit", view=view))["errors"] == {"name": "Please fill this in."}
        assert (await post("submit", view=view, name="wrong"))["errors"] == {"name": "Not that one."}
        assert app.sent == []
        assert await post("submit", view=view, name="Ana", who="U2") == {}
        assert standin.workspace.viewers == {}
        await post("press", home="U1", action="open", value="v")
        (view,) = standin.workspace.viewers
        assert await post("close", view=view) == {}
    assert standin.workspace.viewers == {}
    (sent,) = app.sent
    assert sent["user"] == {"id": "U1"}
    assert sent["view"]["state"]["values"]["who"]["in_who"]["selected_users"] == ["U2"]


@pytest.mark.skipif(not CHROMIUM, reason="Chromium is not there")
async def test_in_a_browser_a_form_opens_by_itself_shows_what_is_wrong_and_closes(
    standin: StandIn, address: str, app: App, tmp_path: Path
) -> None:
    standin.workspace.people["U1"]["profile"] = {"display_name": "Engineer"}
    standin.workspace.hear({"channel": "C1", "ts": "1.0", "user": "U1", "text": "hello"})
    async with browsing(f"{address}/", tmp_path) as page:
        await page.until("document.readyState === 'complete' && location.href !== 'about:blank'")
        await page.click("Engineer")
        await page.click("Put right")
        await page.until("document.querySelector('dialog')?.open")
        await page.click("Save")
        error = "document.querySelector('[data-block=name] .error').textContent"
        assert await page.until(error) == "Please fill this in."
        await page.run("document.querySelector('input[name=name]').value = 'wrong'")
        await page.click("Save")
        await page.until(f"{error} === 'Not that one.'")
        assert await page.run("document.querySelector('dialog').open")
        await page.run("document.querySelector('input[name=name]').value = 'Ana'")
        await page.run("document.querySelector('input[value=deep][type=radio]').click()")
        await page.click("Save")
        await page.until("!document.querySelector('dialog') && location.hash === '#home-U1'")
        # What changes meanwhile is shown by itself.
        standin.workspace.homes["U1"].append({**HOME_VIEW, "blocks": [{"type": "header", "text": words("Anew")}]})
        await page.until("document.body.innerText.includes('Anew')")
    (sent,) = app.sent
    assert sent["view"]["state"]["values"]["depth"]["in_depth"]["selected_option"]["value"] == "deep"
