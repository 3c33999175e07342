"""What a listener works with: one member's memory, the clock, and ways to show and tell."""

import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import NudgeKind
from handlers import answers
from handlers.shown import nudge_shown, talk_shown
from handlers.views import words
from handlers.views.home import Desk as HomeDesk
from handlers.views.home import home
from handlers.views.nudge_messages import nudge_message
from handlers.views.screen import Message
from storage import contacts, interviews, manners, members, nudges
from storage.sessions import MemberKey, Sessions

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
# App Home shows five and counts the others.
_MOST_NUDGES = 50


class Clock(Protocol):
    """Tells the time; the one real clock lives in `bot/clock.py`."""

    def now(self) -> datetime:
        """Give this moment, aware UTC."""


@dataclass(frozen=True)
class Desk:
    """One member at work, for the length of one request; listeners open their own session."""

    client: AsyncWebClient
    sessions: Sessions
    clock: Clock
    who: MemberKey
    _outdated: set[nudges.SentMessage] = field(default_factory=set)

    @property
    def now(self) -> datetime:
        """This moment, aware UTC."""
        return self.clock.now()

    @asynccontextmanager
    async def member(self) -> AsyncIterator[AsyncSession]:
        """Open a unit of work that may change this member's rows, and sees no others."""
        async with self.sessions.member(self.who) as session:
            await manners.heard_from(session)
            yield session
        # Known only once it is saved: which DMs the change has made untrue.
        self._outdated.update(nudges.outdated(session))

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a unit of work that only reads this member's rows."""
        return self.sessions.reading(self.who)

    async def zone(self) -> str:
        """Give the member's time zone (IANA name), asking Slack the first time."""
        async with self.reading() as session:
            known = (await members.current(session)).zone
        if known is not None:
            return known
        answer = await self.client.users_info(user=self.who.user_id)
        zone = zone_of(answer["user"])
        async with self.member() as session:
            await members.set_zone(session, zone)
            await nudges.reconcile_all(session, self.now)
        return zone

    async def with_names(self, text: str) -> str:
        """Put names in place of the mentions that Slack sends for "@somebody"."""
        names = {}
        for user_id in dict.fromkeys(_MENTION.findall(text)):
            answer = await self.client.users_info(user=user_id)
            names[user_id] = words.escape(answer["user"].get("real_name") or "")
        return _MENTION.sub(lambda mention: names[mention[1]], text)

    async def tell(
        self, message: Message, response_url: str | None = None, *, replace: bool = False
    ) -> None:
        """Tell the member something that nobody else sees."""
        await answers.tell(
            self.client, self.who.user_id, message, response_url=response_url, replace=replace
        )

    async def changed(self, pressed: nudges.SentMessage | None = None) -> None:
        """Bring up to date Home, the DMs that a change has made untrue, and the one pressed on."""
        if pressed is not None:
            self._outdated.add(pressed)
        for sent in self._outdated:
            await self.rewrite(sent)
        self._outdated.clear()
        await self.show_home()

    async def rewrite(self, sent: nudges.SentMessage) -> None:
        """Bring one DM with nudges up to date."""
        async with self.reading() as session:
            inside = await nudges.in_message(session, sent)
            message = nudge_message([nudge_shown(nudge) for nudge in inside]) if inside else None
        if message is not None:
            await answers.bring_up_to_date(self.client, sent.channel_id, sent.ts, message)

    async def show_home(self) -> None:
        """Publish Home as it is now."""
        zone = await self.zone()
        async with self.reading() as session:
            view = home(await self._home_desk(session, zone))
        await self.client.views_publish(user_id=self.who.user_id, view=view)

    async def _home_desk(self, session: AsyncSession, zone: str) -> HomeDesk:
        due = await nudges.open_for(session, self.now, limit=_MOST_NUDGES)
        to_debrief = await interviews.debrief_missing(session, self.now, limit=3)
        asked = {n.interview_id for n in due if n.kind == NudgeKind.DID_IT_TAKE_PLACE}
        return HomeDesk(
            user_id=self.who.user_id,
            hour=(await members.current(session)).rhythm().local(self.now).hour,
            due=[nudge_shown(nudge) for nudge in due],
            failed=await nudges.failed_count(session),
            to_debrief=[talk_shown(talk) for talk in to_debrief if talk.id not in asked],
            talks=[talk_shown(t) for t in await interviews.coming(session, self.now, limit=5)],
            stages=await contacts.by_stage(session),
        )


def zone_of(user: dict[str, object]) -> str:
    """Read the time zone out of Slack's user; deactivated users have none, which reads as UTC."""
    zone = user.get("tz")
    return zone if isinstance(zone, str) and zone else "UTC"
