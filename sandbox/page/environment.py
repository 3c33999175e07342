"""The templates' own words: filters, and what pictures may be shown."""

import re
from pathlib import Path
from zlib import crc32

from jinja2 import Environment, FileSystemLoader

from sandbox.model import Json
from sandbox.page.dates import clock_time, local
from sandbox.page.mrkdwn import as_typed, render_mrkdwn, render_plain, safe_link
from sandbox.page.rich_text import render_rich_text
from sandbox.server import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET
from sandbox.workspace import Workspace

HERE = Path(__file__).parent


def environment(workspace: Workspace) -> Environment:
    """The templates, with everything escaped unless it was drawn by our own renderers."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(bot_token=BOT_TOKEN, app_token=APP_TOKEN, signing_secret=SIGNING_SECRET)
    made.filters.update(
        as_typed=as_typed,
        mrkdwn=render_mrkdwn,
        plain=render_plain,
        rich_text=render_rich_text,
        safe_link=safe_link,
        hue=lambda user_id: list(workspace.users).index(user_id) % 8,
        initials=lambda name: "".join(word[0] for word in name.split()[:2]).upper(),
        slug=lambda given: f"{crc32(str(given).encode()):08x}",
        time=clock_time,
        second=lambda moment, zone: f"{local(moment.timestamp(), zone):%H:%M:%S}",
        image_source=image_source,
        image_link=image_link,
        city=lambda zone: zone.rpartition("/")[2].replace("_", " "),
    )
    return made


def image_source(image: Json) -> str:
    """The address on this server of a picture, or nothing if it lies elsewhere."""
    file_id = image.get("slack_file", {}).get("id")
    return f"/page/files/{file_id}" if file_id else ""


def image_link(image: Json) -> str:
    """The address of a picture that lies elsewhere, if it is a web address."""
    given = str(image.get("image_url") or image.get("slack_file", {}).get("url", ""))
    return given if re.match(r"(?i)https?://", given) else "#"
