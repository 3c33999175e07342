"""What a listener works with: one member's memory, the clock, and ways to show and tell."""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from domain.places import is_zone
from handlers import answers
from handlers.home_desk import home_desk
from handlers.nudges_shown import as_it_stands
from handlers.views import words
from handlers.views.home import home
from handlers.views.screen import Message
from storage import (
    answers_told,
    manners,
    members,
    nudges,
)
from storage.errors import DatabaseAway
from storage.sessions import MemberKey, Sessions

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


log = structlog.get_logger()


class Clock(Protocol):
    """Tells the time; the one real clock lives in `bot/clock.py`."""

    def now(self) -> datetime:
        """Give this moment, aware UTC."""


@dataclass(frozen=True)
class Desk:
    """One member at work, for the length of one request; listeners open their own session.

    `prefix` is what the workspace puts before the commands; `facilitates` says that the member may
    set the limits on everybody's numbers; `asked_by` is Slack's id of the request; `time_left` says
    how many seconds the memory has for a form's answer, None where nobody waits for it (any more).
    """

    client: AsyncWebClient
    sessions: Sessions
    clock: Clock
    who: MemberKey
    prefix: str = ""
    facilitates: bool = False
    asked_by: str = ""
    time_left: Callable[[], float | None] = lambda: None
    _outdated: set[nudges.SentMessage] = field(default_factory=set)

    @property
    def now(self) -> datetime:
        """This moment, aware UTC."""
        return self.clock.now()

    @asynccontextmanager
    async def member(self) -> AsyncIterator[AsyncSession]:
        """Open a unit of work that may change this member's rows, and sees no others."""
        async with self._in_time(), self.sessions.member(self.who) as session:
            await manners.heard_from(session, self.now)
            yield session
        # Known only once it is saved: which DMs the change has made untrue.
        self._outdated.update(nudges.outdated(session))

    @asynccontextmanager
    async def facilitator(self) -> AsyncIterator[AsyncSession]:
        """Open a unit of work that may change the limits on everybody's numbers, too."""
        if not self.facilitates:
            raise PermissionError("limits are for facilitators to set")
        async with self._in_time(), self.sessions.facilitator(self.who) as session:
            await manners.heard_from(session, self.now)
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Open a unit of work that only reads this member's rows."""
        async with self._in_time(), self.sessions.reading(self.who) as session:
            yield session

    @asynccontextmanager
    async def _in_time(self) -> AsyncIterator[None]:
        """Take a memory that is too slow for Slack's three seconds as one that is away.

        So the form stays open and says so. What was saved all the same is changed by the next try.
        """
        try:
            async with asyncio.timeout(self.time_left()):
                yield
        except TimeoutError:
            raise DatabaseAway("too slow for an answer") from None

    async def zone(self) -> str:
        """Give the member's time zone (IANA name), asking Slack the first time."""
        async with self.reading() as session:
            known = (await members.current(session)).zone
        if known is not None:
            return known
        answer = await self.client.users_info(user=self.who.user_id)
        zone = zone_of(answer["user"])
        async with self.member() as session:
            await members.follow_slack(session, zone)
            await nudges.reconcile_all(session, self.now)
        return zone

    async def with_names(self, text: str) -> str:
        """Put names in place of the mentions that Slack sends for "@somebody"."""
        ids = dict.fromkeys(_MENTION.findall(text))
        names = {user_id: words.escape(await self.name_of(user_id)) for user_id in ids}
        return _MENTION.sub(lambda mention: names[mention[1]] or mention[0], text)

    async def name_of(self, user_id: str | None) -> str:
        """Give the name of somebody in Slack; nothing for whom Slack will not tell about."""
        if user_id is None:
            return ""
        try:
            answer = await self.client.users_info(user=user_id)
        except SlackApiError:
            log.info("slack gave no name for somebody")
            return ""
        name: str = answer["user"].get("real_name") or ""
        return name

    async def link_to(self, channel_id: str, ts: str) -> str:
        """Give the permalink of a message in Slack; nothing where Slack will not tell."""
        try:
            answer = await self.client.chat_getPermalink(channel=channel_id, message_ts=ts)
        except SlackApiError:
            log.info("slack gave no link to a message")
            return ""
        link: str = answer["permalink"]
        return link

    async def tell(
        self, message: Message, response_url: str | None = None, *, replace: bool = False
    ) -> None:
        """Tell the member something that nobody else sees; in their DM, once for each request."""
        in_dm = response_url is None
        if in_dm and await self._was_told(message):
            return
        try:
            await answers.tell(
                self.client, self.who.user_id, message, response_url=response_url, replace=replace
            )
        except SlackApiError:
            # Slack has said no: it did not arrive, and may when the request comes again.
            if in_dm and self.asked_by:
                async with self.member() as session:
                    await answers_told.forget(session, self._key_of(message))
            raise

    async def _was_told(self, message: Message) -> bool:
        """Say whether Slack sends a request again that was answered with the same words before."""
        if not self.asked_by:
            return False
        try:
            async with self.member() as session:
                return not await answers_told.is_first(session, self._key_of(message), self.now)
        except DatabaseAway:
            return False  # That is what they are to be told of.

    def _key_of(self, message: Message) -> str:
        return hashlib.sha256(f"{self.asked_by} {message.text}".encode()).hexdigest()

    async def changed(self, pressed: nudges.SentMessage | None = None) -> None:
        """Bring up to date Home, the DMs that a change has made untrue, and the one pressed on.

        What changed is saved by now: a screen that cannot be redrawn is left for its next opening,
        and keeps no other from being redrawn.
        """
        if pressed is not None:
            self._outdated.add(pressed)
        for sent in self._outdated:
            await _if_possible(self.rewrite(sent))
        self._outdated.clear()
        await _if_possible(self.show_home())

    async def rewrite(self, sent: nudges.SentMessage) -> None:
        """Bring one DM with nudges up to date."""
        async with self.reading() as session:
            message = await as_it_stands(session, sent, self.now)
        if message is not None:
            await answers.bring_up_to_date(self.client, sent.channel_id, sent.ts, message)

    async def show_home(self) -> None:
        """Publish Home as it is now."""
        view = await self._home()
        if view is None:
            await self.zone()  # Home greets by the member's own clock.
            view = await self._home()
        assert view is not None, "a zone that was asked for is kept"
        await self.client.views_publish(user_id=self.who.user_id, view=view)

    async def _home(self) -> View | None:
        """Draw Home; None while the member's zone is not known."""
        async with self.reading() as session:
            if (await members.current(session)).zone is None:
                return None
            return home(await home_desk(session, self.who.user_id, self.now))


def zone_of(user: dict[str, object]) -> str:
    """Read the time zone out of Slack's user; none, or one that nobody knows, reads as UTC."""
    zone = user.get("tz")
    return zone if isinstance(zone, str) and is_zone(zone) else "UTC"


async def _if_possible(showing: Awaitable[None]) -> None:
    try:
        await showing
    except (SlackApiError, aiohttp.ClientError, TimeoutError, DatabaseAway) as error:
        log.warning("a screen was not redrawn", error=type(error).__name__)
