"""Reads what a call carries: arguments out of the query, a form or JSON (slack-platform.md 4.3)."""

import re

from starlette.exceptions import HTTPException
from starlette.requests import Request

from sandbox.json_text import parsed_json
from sandbox.model import Json
from sandbox.rules.methods import LONGEST_NAME, broken

JSON, TOKEN = "application/json", "token"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
CHARSETS = ("utf-8", "iso-8859-1")


async def read_body(request: Request) -> Json:
    """All arguments by name; raises SlackError for what Slack cannot read.

    A token is one of them where it stands in a form. It never goes into an address, and with JSON
    into the header alone (slack-platform.md 4.1).
    """
    given: Json = {name: one for name, one in request.query_params.items() if name != TOKEN}
    body = await request.body()
    if body:
        declared = request.headers.get("content-type", "")
        kind = declared.partition(";")[0].strip().lower()
        _check_type(kind, declared)
        if kind in FORMS:
            given |= await _form(request)
        elif kind == JSON:
            given |= {name: one for name, one in _json(body).items() if name != TOKEN}
    for name in given:
        _check_name(name)
    return given


def _check_type(kind: str, declared: str) -> None:
    if not declared:
        raise broken("api.body.named")
    if kind not in (JSON, "text/plain", *FORMS):
        raise broken("api.body.type")
    charset = re.search(r'charset="?([^\s";]*)', declared, re.IGNORECASE)
    if charset and charset[1].lower() not in CHARSETS:
        raise broken("api.charset")


def _check_name(name: str) -> None:
    if re.fullmatch(r"\w*\[.*\]", name):
        raise broken("api.argument.array")
    if not re.fullmatch(r"[A-Za-z0-9_]+", name) or len(name) > LONGEST_NAME:
        raise broken("api.argument")


async def _form(request: Request) -> Json:
    try:
        async with request.form() as form:
            return {key: value for key, value in form.items() if isinstance(value, str)}
    except HTTPException:
        raise broken("api.form") from None


def _json(body: bytes) -> Json:
    try:
        given = parsed_json(body)
    except ValueError:
        raise broken("api.json") from None
    if not isinstance(given, dict):
        raise broken("api.json.object")
    return given
