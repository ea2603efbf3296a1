"""files.*: an upload in its two steps, the content between them, and the download that asks for the token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aiohttp import web

from playground.slack.workspace import Call, Denied, Method, Record, Workspace

# What Slack tells of every file beside its name, kind, size and address.
ORDINARY: Final[Mapping[str, object]] = {
    "channels": [],
    "created": 1791190000,
    "display_as_bot": False,
    "editable": False,
    "external_type": "",
    "filetype": "auto",
    "groups": [],
    "is_external": False,
    "is_public": True,
    "mimetype": "application/octet-stream",
    "mode": "hosted",
    "name": "file",
    "permalink": "",
    "pretty_type": "File",
    "public_url_shared": False,
    "size": 0,
    "title": "",
    "username": "",
}
SIGN_IN: Final = "<!DOCTYPE html><html><body>Sign in to Slack</body></html>"


def get_upload_url(workspace: Workspace, call: Call) -> Record:
    """Where to send the content."""
    name = f"F{len(workspace.files)}"
    told = {"id": name, "name": call.body["filename"], "alt_txt": call.body.get("alt_txt")}
    workspace.files[name] = {**told, "length": int(call.body["length"]), "content": b""}
    return {"file_id": name, "upload_url": f"http://{call.host}/upload/{name}"}


def complete_upload(workspace: Workspace, call: Call) -> Record:
    """Show what was uploaded in a conversation."""
    told: list[Record] = call.body["files"]
    channel = call.body.get("channel_id", "")
    if channel:
        workspace.enter(channel)
    for one in told:
        file = workspace.files.get(one["id"])
        if file is None or len(file["content"]) != file["length"]:
            raise Denied("file_not_found")
        shown = {"alt_txt": file["alt_txt"], "title": one.get("title", ""), "begins": file["content"][:8].hex()}
        posted = {
            "method": call.method,
            "channel": channel,
            "ts": workspace.stamp(),
            "file": {"id": one["id"], **shown},
        }
        workspace.posted.append(posted | {name: call.body[name] for name in ("thread_ts",) if call.body.get(name)})
    return {"files": told}


def get_info(workspace: Workspace, call: Call) -> Record:
    """files.info: all but the content."""
    found = workspace.files.get(call.body["file"])
    if found is None:
        raise Denied("file_not_found")
    return {"file": {name: value for name, value in found.items() if name != "content"}}


def share(workspace: Workspace, told: Record, host: str) -> Record:
    """A file that a person shares, as it stands in their message: its words come as `content`."""
    content = str(told.get("content", "")).encode()
    name = str(told.get("id") or f"F{len(workspace.files)}")
    address = f"http://{host}/files-pri/{workspace.team}-{name}/{told.get('name', name)}"
    shown = {one: value for one, value in told.items() if one != "content"}
    shown |= {"id": name, "size": len(content), "url_private": address, "url_private_download": address}
    shown = {**ORDINARY, **shown}
    workspace.files[name] = {**shown, "content": content}
    return shown


async def take(workspace: Workspace, request: web.Request) -> web.Response:
    """The content of an upload."""
    found = workspace.files.get(request.match_info["id"])
    if found is None:
        return web.Response(status=404)
    found["content"] = await request.read()
    return web.Response(text="OK")


def give(workspace: Workspace, request: web.Request, *, allowed: bool) -> web.Response:
    """The content of a file; without a token that may read files, a page to sign in on, as Slack answers."""
    found = workspace.files.get(request.match_info["id"].rpartition("-")[2])
    if found is None:
        return web.Response(status=404)
    if not allowed:
        return web.Response(text=SIGN_IN, content_type="text/html")
    return web.Response(body=found["content"], content_type=found.get("mimetype") or "application/octet-stream")


METHODS: Final[Mapping[str, Method]] = {
    "files.completeUploadExternal": complete_upload,
    "files.getUploadURLExternal": get_upload_url,
    "files.info": get_info,
}
