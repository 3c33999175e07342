"""Units of work: one session, one transaction, for one member."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from domain.limits import Limits
from storage.engine import COMMAND_TIMEOUT_S, FOR_DELIVERY, WRITES
from storage.errors import DatabaseAway, Gone, means_away
from storage.models import Member, Workspace
from storage.scope import (
    CURRENT_MEMBER,
    FACILITATES,
    LIMITS_CHANGED,
    NUDGES_CHANGED,
    OPERATORS_LIMITS,
    THESE_MEMBERS,
    GuardedSession,
)


@dataclass(frozen=True)
class MemberKey:
    """Who a member is to Slack: the workspace and the user in it."""

    team_id: str
    user_id: str


class Sessions:
    """Opens units of work; each commits when its block ends well, and rolls back otherwise.

    All of them raise DatabaseAway when the database cannot be reached, stays locked or times out.
    Rows outlive their session as plain loaded objects.
    """

    def __init__(self, engine: AsyncEngine, number_limits: Limits | None = None) -> None:
        """Take the engine that `storage.engine.create_engine` made, and the operator's limits."""
        self._engine = engine
        self._number_limits = number_limits or {}
        self._writing = _maker(engine.execution_options(**{WRITES: True}))
        self._reading = _maker(engine.execution_options(postgresql_readonly=True))
        self._ids: dict[MemberKey, int] = {}
        self._nudges_changed: Callable[[], None] | None = None
        self._limits_changed: Callable[[], None] | None = None
        self._deliveries = asyncio.Semaphore(FOR_DELIVERY)
        # SQLite has one writer: in this process they queue here, first come first served; other
        # processes are waited for by the busy timeout.
        self._turns = asyncio.Lock() if engine.dialect.name == "sqlite" else None

    def member(self, who: MemberKey) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a session that sees and changes this member's rows only."""
        return self._member(who)

    def reading(self, who: MemberKey) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a session that sees this member's rows only and refuses to change any."""
        return self._member_reading(who)

    def facilitator(self, who: MemberKey) -> AbstractAsyncContextManager[AsyncSession]:
        """Open the same for a facilitator, who may change the limits of their workspace, too.

        Who is one is for the caller to know.
        """
        return self._facilitator(who)

    def member_by_id(self, member_id: int) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a member's session for delivery, which knows only the id; raises Gone.

        Some at once and no more; none may be opened within another.
        """
        return self._for_delivery(member_id)

    def members_by_ids(self, ids: Iterable[int]) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a session of several members at once, for delivery, which has much to say at nine.

        It sees and changes their rows only; `members.several` gives those that there are. Some at
        once and no more, as of `member_by_id`, and none within another.
        """
        return self._members_by_ids(tuple(sorted(set(ids))))

    def unscoped(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a session without a filter: for delivery and maintenance, nobody else."""
        return self._open({"unscoped": True}, writes=True)

    def reading_all(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a session without a filter that refuses to change anything: for the operator."""
        return self._open({"unscoped": True, "read_only": True})

    def when_nudges_change(self, callback: Callable[[], None]) -> None:
        """Have `callback` called after each commit that changed when nudges are due."""
        self._nudges_changed = callback

    def when_limits_change(self, callback: Callable[[], None]) -> None:
        """Have `callback` called after each commit that changed the limits on members' numbers."""
        self._limits_changed = callback

    async def knows(self, who: MemberKey) -> bool:
        """Say whether a member has ever used the bot; asking does not add them."""
        return who in self._ids or await self._look_up(who) is not None

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()

    @asynccontextmanager
    async def _member(self, who: MemberKey) -> AsyncIterator[AsyncSession]:
        member_id = await self._id_of(who)
        try:
            async with self._member_by_id(member_id) as session:
                yield session
        except _NoSuchMember:
            # The row was deleted behind the cache; the next request begins anew.
            self._ids.pop(who, None)
            raise

    @asynccontextmanager
    async def _for_delivery(self, member_id: int) -> AsyncIterator[AsyncSession]:
        async with self._deliveries, self._member_by_id(member_id) as session:
            yield session

    @asynccontextmanager
    async def _facilitator(self, who: MemberKey) -> AsyncIterator[AsyncSession]:
        async with self._member(who) as session:
            session.info[FACILITATES] = session.info[CURRENT_MEMBER].workspace_id
            yield session

    @asynccontextmanager
    async def _member_by_id(self, member_id: int) -> AsyncIterator[AsyncSession]:
        async with self._open({"member_id": member_id}, writes=True) as session:
            # On PostgreSQL the lock makes the member's own writes wait for one another, so that a
            # form sent twice at once is still one.
            member = await session.scalar(_locked(), {"member_id": member_id})
            if member is None:
                raise _NoSuchMember("no such member")
            session.info[CURRENT_MEMBER] = member
            yield session

    @asynccontextmanager
    async def _members_by_ids(self, member_ids: tuple[int, ...]) -> AsyncIterator[AsyncSession]:
        whose = {"member_ids": member_ids}
        async with self._deliveries, self._open(whose, writes=True) as session:
            # In the order of their ids, so that no two processes wait for each other.
            found = await session.scalars(_all_locked())
            session.info[THESE_MEMBERS] = {member.id: member for member in found}
            yield session

    @asynccontextmanager
    async def _member_reading(self, who: MemberKey) -> AsyncIterator[AsyncSession]:
        member_id = await self._id_of(who)
        async with self._open({"member_id": member_id, "read_only": True}) as session:
            yield session

    @asynccontextmanager
    async def _open(
        self, info: dict[Any, Any], *, writes: bool = False
    ) -> AsyncIterator[AsyncSession]:
        make = self._writing if writes else self._reading
        info[OPERATORS_LIMITS] = self._number_limits
        try:
            async with self._turn(writes), make(info=info) as session, session.begin():
                # The first question connects: each unit of work begins with one.
                yield session
            if self._limits_changed and session.info.get(LIMITS_CHANGED):
                self._limits_changed()
            if self._nudges_changed and session.info.get(NUDGES_CHANGED):
                self._nudges_changed()
        except Exception as error:
            if means_away(error):
                raise DatabaseAway(type(error).__name__) from error
            raise

    @asynccontextmanager
    async def _turn(self, writes: bool) -> AsyncIterator[None]:
        if self._turns is None or not writes:
            yield
            return
        async with asyncio.timeout(COMMAND_TIMEOUT_S):
            await self._turns.acquire()
        try:
            yield
        finally:
            self._turns.release()

    async def _id_of(self, who: MemberKey) -> int:
        known = self._ids.get(who)
        if known is None:
            known = await self._look_up(who)
            if known is None:
                await self._welcome(who)
                known = await self._look_up(who)
            if known is None:
                raise Gone("a member who was just added is not there")
            self._ids[who] = known
        return known

    async def _look_up(self, who: MemberKey) -> int | None:
        async with self._open({"unscoped": True, "read_only": True}) as session:
            return await session.scalar(
                select(Member.id)
                .join(Workspace, Workspace.id == Member.workspace_id)
                .where(Workspace.team_id == who.team_id, Member.slack_user_id == who.user_id)
            )

    async def _welcome(self, who: MemberKey) -> None:
        """Add the rows that a new member needs; whoever else does so at the same time may win."""
        insert = sqlite.insert if self._engine.dialect.name == "sqlite" else postgresql.insert
        async with self._open({"unscoped": True}, writes=True) as session:
            await session.execute(
                insert(Workspace).values(team_id=who.team_id).on_conflict_do_nothing()
            )
            workspace_id = await session.scalar(
                select(Workspace.id).where(Workspace.team_id == who.team_id)
            )
            await session.execute(
                insert(Member)
                .values(workspace_id=workspace_id, slack_user_id=who.user_id)
                .on_conflict_do_nothing()
            )


class _NoSuchMember(Gone):
    pass


@cache
def _locked() -> Select[Member]:
    member = select(Member).where(Member.id == bindparam("member_id"))
    return member.with_for_update(key_share=True)


@cache
def _all_locked() -> Select[Member]:
    # Whose they are is the session's filter.
    return select(Member).order_by(Member.id).with_for_update(key_share=True)


def _maker(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    return async_sessionmaker(engine, sync_session_class=GuardedSession, expire_on_commit=False)
