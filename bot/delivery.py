"""Sends what is due: claim, render, send, record; once, as far as anyone can see."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackObjectFormationError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.claims import LEASE, Claims
from bot.delivery_failures import act_on, after_a_bug, heed
from bot.digest import SortedOut, let_rest, may_be_untimely, record, sort_out, untimely
from bot.dm_history import metadata
from bot.doubt import settle
from bot.letters import Letter, drawn
from bot.metrics import Outcome
from bot.pace import LOOK, OPEN, POST
from bot.post_room import PostRoom
from bot.slack_failures import Failure, classify
from bot.together import Together
from domain.vocabulary import NudgeKind
from storage import members, nudges
from storage.errors import DatabaseAway, Gone
from storage.nudges import Claimed, SentMessage

log = structlog.get_logger()

AT_ONCE = 20


class Delivery:
    """Delivers nudges, as one of any number of processes."""

    def __init__(self, room: PostRoom) -> None:
        self._room = room
        self._claims = Claims(room)
        self._together = Together(room)
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._stopping = False

    async def run_once(self) -> datetime | None:
        """Deliver what is due and Slack takes; give the next moment for which there is more.

        Raises DatabaseAway; what was claimed by then is found again when its lease runs out.
        """
        while not self._stopping:
            now = self._room.clock.now()
            claimed, next_moment = await self._claims.take(now)
            if not claimed:
                return next_moment
            await self._deliver_all(_by_member(claimed))
        return None  # What is due is for others, or for the next start.

    def stop(self) -> None:
        """Claim nothing more; what is being sent is finished, what is not begun is given back."""
        self._stopping = True

    async def _deliver_all(self, turns: Sequence[Sequence[Claimed]]) -> None:
        """Deliver what each member is sent: in one go as far as can be, and then one by one."""
        letters: list[Letter] = []
        free = [turn for turn in turns if not self._claims.must_wait(turn, POST)]
        if not self._stopping:
            try:
                letters = await self._together.write(free)
            except DatabaseAway:
                log.warning("delivery: the database went away", members=len(free))
        written = {letter.nudges[0].member_id for letter in letters}
        one_by_one = [turn for turn in turns if turn[0].member_id not in written]
        await asyncio.gather(
            *(self._send_in_turn(letter) for letter in letters),
            *(self._deliver_in_turn(turn) for turn in one_by_one),
        )

    async def _deliver_in_turn(self, claimed: Sequence[Claimed]) -> None:
        """Deliver one member's messages, one after another."""
        async with self._at_once, self._failures_told(claimed):
            now = self._room.clock.now()
            if any(may_be_untimely(nudge, now) for nudge in claimed):
                async with self._room.sessions.member_by_id(claimed[0].member_id) as session:
                    claimed = await untimely(session, claimed, now)
            for message in _messages(claimed):
                async with self._failures_told(message):
                    await self._deliver(message)

    async def _deliver(self, group: Sequence[Claimed]) -> None:
        """Deliver what goes to one member in one message."""
        method = LOOK if group[0].uncertain else POST
        if self._stopping or self._claims.must_wait(group, method):
            await self._claims.give_back(group)
        elif group[0].uncertain:
            await settle(group, self._room)
        else:
            await self._write_and_send(group)

    async def _write_and_send(self, group: Sequence[Claimed]) -> None:
        letter = await self._write(group)
        if letter is not None and letter.channel_id is None:
            if self._claims.must_wait(group, OPEN):
                return await self._claims.give_back(letter.nudges)
            # Slack may have kept us waiting: what stands and whose it is are looked at again.
            is_open = await self._open_dm(letter)
            letter = await self._write(letter.nudges, letter.more) if is_open else None
        if letter is not None:
            await self._send_or_give_back(letter)

    async def _send_in_turn(self, letter: Letter) -> None:
        # No more at once than may fail for the same reason: the first failure holds back the rest.
        async with self._at_once:
            await self._send_or_give_back(letter)

    async def _send_or_give_back(self, letter: Letter) -> None:
        async with self._failures_told(letter.nudges):
            if self._stopping or self._claims.must_wait(letter.nudges, POST):
                await self._claims.give_back(letter.nudges)
            else:
                await self._send(letter)

    async def _write(self, group: Sequence[Claimed], more: int = 0) -> Letter | None:
        """Render from the facts of this moment; what is no longer true is dropped, never sent."""
        now = self._room.clock.now()
        async with self._room.sessions.member_by_id(group[0].member_id) as session:
            sorted_out = await sort_out(session, group, now)
            await self._record_unsent(session, sorted_out, now)
            ids = [nudge.id for nudge in sorted_out.send]
            if not ids or not await self._still_ours(session, ids, now):
                return None
            return await drawn(session, sorted_out.send, now, more + sorted_out.more)

    async def _still_ours(self, session: AsyncSession, ids: Sequence[int], now: datetime) -> bool:
        """Renew the claims and note the DM they go into; False if another process has taken any."""
        into = (await members.current(session)).dm_channel_id
        until, owner = now + LEASE, self._room.owner
        return await nudges.extend_lease(session, ids, owner, until, into=into) == len(ids)

    async def _record_unsent(
        self, session: AsyncSession, sorted_out: SortedOut, now: datetime
    ) -> None:
        unsent = (*sorted_out.drop, *sorted_out.unsaid)
        self._room.metrics.became(Outcome.DROPPED, unsent)
        owner, own = self._room.owner, []
        for nudge in unsent:
            if await nudges.record_dropped(session, nudge.id, owner=owner, now=now):
                own.append(nudge)
        await let_rest(session, [nudge for nudge in sorted_out.unsaid if nudge in own], now, now)
        for moment, put_off in sorted_out.later.items():
            self._room.metrics.became(Outcome.PUT_OFF, put_off)
            ids = [nudge.id for nudge in put_off]
            await nudges.release(session, ids, owner=owner, due_at=moment, anew=True)
        if any(nudge.kind == NudgeKind.WEEKLY_REVIEW for nudge in sorted_out.drop):
            # A week that went by unsaid keeps no other from being looked back on.
            await nudges.reconcile(session, now)
        if sorted_out.drop:
            log.info("delivery: dropped what was no longer true", count=len(sorted_out.drop))

    async def _send(self, letter: Letter) -> None:
        self._room.pace.posting(letter.nudges[0], self._room.clock.now())
        try:
            answer = await self._room.client.chat_postMessage(
                channel=str(letter.channel_id),
                text=letter.message.text,
                blocks=list(letter.message.blocks),
                metadata=metadata(letter.nudges),
                unfurl_links=False,
                unfurl_media=False,
            )
        except (
            SlackApiError,
            SlackObjectFormationError,
            aiohttp.ClientError,
            TimeoutError,
        ) as error:
            if len(letter.nudges) > 1 and classify(error) == Failure.CALLER_BUG:
                return await self._send_in_halves(letter)
            return await self._act_on(error, letter, POST)
        sent = SentMessage(channel_id=str(letter.channel_id), ts=answer["ts"])
        if not await self._together.record(letter, sent):
            await self._record(letter, sent)
        log.info("delivery: sent", nudges=len(letter.nudges))

    async def _record(self, letter: Letter, sent: SentMessage) -> None:
        first, now = letter.nudges[0], self._room.clock.now()
        async with self._room.sessions.member_by_id(first.member_id) as session:
            own = await record(
                session,
                letter.nudges,
                sent,
                owner=self._room.owner,
                now=now,
                facts_version=letter.facts_version,
            )
        self._room.metrics.arrived(Outcome.SENT, own, now)
        for outdated in nudges.outdated(session):
            await self._room.correct(first.member_id, outdated)

    async def _send_in_halves(self, letter: Letter) -> None:
        """Find what Slack refuses: it fails alone, and all else in the letter goes out.

        Not through `_write`, for which the first half would be the day's one digest.
        """
        log.warning("delivery: sending in halves", nudges=len(letter.nudges))
        middle = len(letter.nudges) // 2
        for part in (letter.nudges[:middle], letter.nudges[middle:]):
            now = self._room.clock.now()
            async with self._room.sessions.member_by_id(part[0].member_id) as session:
                ids = [nudge.id for nudge in part]
                ours = await self._still_ours(session, ids, now)
                half = await drawn(session, part, now, letter.more) if ours else None
            if half is not None:
                await self._send(half)

    async def _open_dm(self, letter: Letter) -> bool:
        """Open the DM and keep its id before the first message: its history is read by that id."""
        try:
            answer = await self._room.client.conversations_open(users=letter.user_id)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            await self._act_on(error, letter, OPEN)
            return False
        async with self._room.sessions.member_by_id(letter.nudges[0].member_id) as session:
            await members.set_dm_channel(session, answer["channel"]["id"])
        return True

    async def _act_on(self, error: Exception, letter: Letter, method: str) -> None:
        # The clock is asked now: a message that timed out is still on its way at this moment.
        now, claimed = self._room.clock.now(), letter.nudges
        heed(error, self._room.pace, claimed[0].workspace_id, method, now)
        await act_on(error, self._room, claimed, now, sent=method == POST)

    @asynccontextmanager
    async def _failures_told(self, nudges: Sequence[Claimed]) -> AsyncIterator[None]:
        """A bug with one message keeps no other waiting; what it was about is in doubt.

        It is looked for after a wait that grows with each time, and given up in the end.
        """
        try:
            yield
        except DatabaseAway:
            log.warning("delivery: the database went away", nudges=len(nudges))
        except Gone:
            log.info("delivery: the member is gone", nudges=len(nudges))
        except Exception:
            log.exception("delivery: failed", nudges=len(nudges))
            await after_a_bug(self._room, nudges, self._room.clock.now())


def _by_member(claimed: Iterable[Claimed]) -> list[list[Claimed]]:
    members: dict[int, list[Claimed]] = defaultdict(list)
    for nudge in claimed:
        members[nudge.member_id].append(nudge)
    return list(members.values())


def _messages(claimed: Iterable[Claimed]) -> list[list[Claimed]]:
    """Group a member's nudges: what is tied to a clock comes alone, then the digest.

    What is in doubt is no message yet: one look into a member's DM is for all of it.
    """
    messages: dict[tuple[bool, int], list[Claimed]] = defaultdict(list)
    for nudge in claimed:
        alone = nudge.id if nudge.alone and not nudge.uncertain else 0
        messages[nudge.uncertain, alone].append(nudge)
    # The second of two messages has to wait for a second.
    return sorted(messages.values(), key=lambda message: not message[0].alone)
