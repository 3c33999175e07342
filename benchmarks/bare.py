"""The floors: an app whose listener does nothing, or one insert, and nothing else."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from benchmarks.crowd import TEAM
from storage.engine import WRITES
from storage.models import Contact

IDENTITY = AuthorizeResult(
    enterprise_id=None, team_id=TEAM, bot_id="B0000001", bot_user_id="U0BOT", bot_token="xoxb-bench"
)

Insert = Callable[[str], Awaitable[None]]


def empty_app(client: AsyncWebClient) -> AsyncApp:
    """Build an app that acknowledges `/contact` and the contact form, and does nothing else."""
    app = _app(client)

    async def nothing(ack: AsyncAck) -> None:
        await ack()

    app.command("/contact")(nothing)
    app.view("contact_form")(nothing)
    return app


def inserting_app(client: AsyncWebClient, add: Insert) -> AsyncApp:
    """Build an app that inserts one row for each contact form, and acknowledges it."""
    app = _app(client)

    async def one_insert(ack: AsyncAck, body: dict[str, Any]) -> None:
        await add(body["view"]["state"]["values"]["name"]["value"]["value"])
        await ack()

    app.view("contact_form")(one_insert)
    return app


def inserting(engine: AsyncEngine, now: datetime) -> Insert:
    """Give one bare insert by SQLAlchemy, on the same database, engine and driver as the bot.

    Writers of SQLite queue as they do in the bot: waiting for its lock one by one takes longer.
    """
    writing = engine.execution_options(**{WRITES: True})
    turns = asyncio.Lock() if engine.dialect.name == "sqlite" else nullcontext()
    row = {"member_id": 1, "company": "Acorn Lark", "company_key": "acorn lark", "title": ""}
    row |= {"email": "", "profile_url": "", "note": "", "stage": "identified"}
    row |= {"created_at": now, "updated_at": now}
    statement = insert(Contact)

    async def add(name: str) -> None:
        async with turns, writing.begin() as connection:
            await connection.execute(statement, row | {"name": name, "name_key": name.casefold()})

    return add


def _app(client: AsyncWebClient) -> AsyncApp:
    async def authorize() -> AuthorizeResult:
        return IDENTITY

    return AsyncApp(
        name="bare",
        client=client,
        authorize=authorize,
        signing_secret="",
        request_verification_enabled=False,
    )
