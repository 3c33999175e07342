"""Sends what is due: claim, render, send, record; once, as far as anyone can see."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackObjectFormationError

from bot.claims import Claims
from bot.delivery_failures import act_on, after_a_bug, heed
from bot.dm_history import metadata
from bot.doubt import settle
from bot.letters import Arrived, Letter
from bot.one_by_one import note_arrived, write, write_again
from bot.pace import LOOK, OPEN, POST
from bot.post_room import PostRoom
from bot.slack_failures import Failure, classify
from bot.together import Together
from bot.untimely import may_be_untimely, untimely
from storage import members
from storage.errors import DatabaseAway, Gone
from storage.nudges import Claimed, SentMessage

log = structlog.get_logger()

AT_ONCE = 20
# What arrives within so many seconds is recorded together; nobody waits longer for a slow one.
AT_ONE_TIME_S = 0.05
# What was written together and had to wait for longer is written again.
FRESH = timedelta(seconds=1)


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
        """Deliver what each member is sent: in one go as far as can be, and then one by one.

        No more are written together than go out at once: what is written is not kept waiting.
        """
        for first in range(0, len(turns), AT_ONCE):
            await self._deliver_some(turns[first : first + AT_ONCE])

    async def _deliver_some(self, turns: Sequence[Sequence[Claimed]]) -> None:
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
            self._send_together(letters),
            *(self._deliver_in_turn(turn) for turn in one_by_one),
        )

    async def _send_together(self, letters: Sequence[Letter]) -> None:
        """Post letters that were written together, and record what arrives at about one time."""
        under_way = {asyncio.create_task(self._post_in_turn(letter)) for letter in letters}
        try:
            while under_way:
                done, under_way = await asyncio.wait(under_way, timeout=AT_ONE_TIME_S)
                arrived = [post.result() for post in done]
                await self._record_all([one for one in arrived if one is not None])
        finally:
            for post in under_way:
                post.cancel()

    async def _post_in_turn(self, letter: Letter) -> Arrived | None:
        # No more at once than may fail for the same reason: the first failure holds back the rest.
        async with self._at_once, self._failures_told(letter.nudges):
            if abs(self._room.clock.now() - letter.written_at) <= FRESH:
                return await self._post_or_give_back(letter)
            # A slow Slack kept it waiting: the hours and the facts are looked at again.
            await self._deliver(letter.nudges)
        return None

    async def _record_all(self, arrived: Sequence[Arrived]) -> None:
        if not arrived:
            return
        for one in await self._together.record(arrived):
            async with self._failures_told(one.letter.nudges):
                await note_arrived(self._room, one)
        count = sum(len(one.letter.nudges) for one in arrived)
        log.info("delivery: sent", messages=len(arrived), nudges=count)

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
        letter = await write(self._room, group)
        if letter is not None and letter.channel_id is None:
            if self._claims.must_wait(group, OPEN):
                return await self._claims.give_back(letter.nudges)
            # Slack may have kept us waiting: what stands and whose it is are looked at again.
            is_open = await self._open_dm(letter)
            letter = await write(self._room, letter.nudges, letter.more) if is_open else None
        if letter is not None:
            await self._note(await self._post_or_give_back(letter))

    async def _note(self, arrived: Arrived | None) -> None:
        if arrived is not None:
            await note_arrived(self._room, arrived)
            log.info("delivery: sent", messages=1, nudges=len(arrived.letter.nudges))

    async def _post_or_give_back(self, letter: Letter) -> Arrived | None:
        if self._stopping or self._claims.must_wait(letter.nudges, POST):
            await self._claims.give_back(letter.nudges)
            return None
        return await self._post(letter)

    async def _post(self, letter: Letter) -> Arrived | None:
        """Send a letter; None if it did not arrive, of which all is noted then."""
        self._room.pace.posting(letter.nudges[0], self._room.clock.now())
        channel_id = str(letter.channel_id)
        try:
            answer = await self._room.client.chat_postMessage(
                channel=channel_id,
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
                await self._send_in_halves(letter)
            else:
                await self._act_on(error, letter, POST)
            return None
        return Arrived(letter, SentMessage(channel_id=channel_id, ts=answer["ts"]))

    async def _send_in_halves(self, letter: Letter) -> None:
        """Find what Slack refuses: it fails alone, and all else in the letter goes out.

        Not through `write`, for which the first half would be the day's one digest.
        """
        log.warning("delivery: sending in halves", nudges=len(letter.nudges))
        middle = len(letter.nudges) // 2
        for part in (letter.nudges[:middle], letter.nudges[middle:]):
            half = await write_again(self._room, part, letter.more)
            if half is not None:
                await self._note(await self._post(half))

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
