"""What delivery does about a failed call to Slack: wait, look, give up; nothing is lost."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from slack_sdk.errors import SlackApiError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.metrics import Outcome
from bot.pace import METHODS, Pace
from bot.post_room import PostRoom
from bot.slack_failures import Failure, classify, concerns_every_call, error_code, retry_after
from storage import members, nudges
from storage.nudges import Claimed

log = structlog.get_logger()

# With the waits below, the last try comes some hours after the first.
LAST_TRY = 12
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)
# Without a Retry-After, and for what only an administrator can mend.
WAIT_WHEN_LIMITED, WAIT_FOR_MENDING = timedelta(seconds=30), timedelta(minutes=5)
# Slack has been seen to ask for none at all.
LEAST_WAIT = timedelta(seconds=1)
# After this the DM's history is asked whether the message arrived.
LOOK_AGAIN = timedelta(seconds=10)
# A try whose fate is in doubt is claimed twice, for sending and for looking. Two such tries may be
# bad luck, as when processes die; after more it is waited, and at last given up.
CLAIMS_A_TRY, TRIES_AT_ONCE = 2, 2
# These pass, or are for an administrator to mend: what waits for it is dropped when it makes no
# sense any more, and never given up before.
_PATIENT = (
    Failure.RATE_LIMITED,
    Failure.DEAD_CREDENTIALS,
    Failure.CONFIGURATION,
    Failure.TRANSIENT_REFUSED,
    Failure.TARGET_GONE,
)
# So long a nudge in doubt waits for an administrator to let the bot look for it, since it was due
# or the bot began, which may have been down for days.
WAIT_FOR_A_LOOK = timedelta(days=1)
NEVER_ARRIVED = "never_arrived"
_CHANNEL_GONE = "channel_not_found"


def heed(error: Exception, pace: Pace, workspace_id: int, method: str, now: datetime) -> None:
    """Hold a whole workspace back after a failure that every other message would meet as well."""
    if not concerns_every_call(error):
        return
    failure = classify(error)
    wait = _wait(failure, error, attempts=0)
    for held in METHODS if failure == Failure.DEAD_CREDENTIALS else (method,):
        pace.hold(workspace_id, held, now, now + wait)
    log.warning(
        "delivery: holding a workspace back",
        workspace=workspace_id,
        method=method,
        failure=failure.value,
        seconds=round(wait.total_seconds()),
    )


async def act_on(
    error: Exception,
    room: PostRoom,
    group: Sequence[Claimed],
    now: datetime,
    *,
    sent: bool,
) -> None:
    """Settle the claims of one message that could not be sent.

    `sent` says that the request for posting it had been made, so that it may have arrived.
    """
    failure = classify(error)
    code = error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
    room.metrics.refused(failure)
    log.warning("delivery: not sent", failure=failure.value, code=code, nudges=len(group))
    ids, attempts = [nudge.id for nudge in group], max(nudge.attempts for nudge in group)
    async with room.sessions.member_by_id(group[0].member_id) as session:
        if failure == Failure.UNCERTAIN and sent:
            await nudges.leave_in_doubt(session, ids, owner=room.owner, until=now + LOOK_AGAIN)
            outcome = Outcome.IN_DOUBT
        elif failure == Failure.CALLER_BUG or (attempts >= LAST_TRY and failure not in _PATIENT):
            return await _give_up(session, group, code, room, now)
        else:
            if failure == Failure.TARGET_GONE:
                await _leave_in_peace(session, code)
            due_at = now + _wait(failure, error, attempts)
            tried = not concerns_every_call(error)
            await nudges.release(session, ids, owner=room.owner, due_at=due_at, tried=tried)
            outcome = Outcome.TO_RETRY
    room.metrics.became(outcome, group)


async def act_on_look(
    error: Exception, room: PostRoom, group: Sequence[Claimed], now: datetime
) -> None:
    """Put off looking for nudges in doubt, since the DM's history could not be read.

    They stay in doubt, whatever the failure: to send one of them unseen might be to send it twice.
    But not for ever: a nudge in doubt keeps its member's digests waiting.
    """
    failure = classify(error)
    code = error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
    room.metrics.refused(failure)
    log.warning("delivery: cannot look", failure=failure.value, code=code, nudges=len(group))
    ids, tries = [nudge.id for nudge in group], _tries(group)
    # A DM that cannot be found proves nothing: it may be another one by now, and the message in it.
    not_found = code == _CHANNEL_GONE
    is_last = tries >= LAST_TRY and (not_found or failure not in _PATIENT)
    forbidden = failure == Failure.CONFIGURATION
    waited = now - max(room.since, min(nudge.due_at for nudge in group))
    async with room.sessions.member_by_id(group[0].member_id) as session:
        if is_last or (forbidden and waited > WAIT_FOR_A_LOOK):
            await _give_up(session, group, nudges.IN_DOUBT, room, now)
            return
        if failure == Failure.TARGET_GONE and not not_found:
            await members.set_active(session, False)
        until = now + _wait(failure, error, tries)
        tried = not concerns_every_call(error)
        await nudges.leave_in_doubt(session, ids, owner=room.owner, until=until, tried=tried)


async def after_a_bug(room: PostRoom, group: Sequence[Claimed], now: datetime) -> None:
    """Leave what a bug came in the way of in doubt: longer each time, and not for ever.

    Nobody knows how far it had come. What was recorded or given back before is let alone.
    """
    ids, attempts = [nudge.id for nudge in group], max(nudge.attempts for nudge in group)
    try:
        async with room.sessions.member_by_id(group[0].member_id) as session:
            if attempts >= CLAIMS_A_TRY * LAST_TRY:
                return await _give_up(session, group, nudges.IN_DOUBT, room, now)
            until = now + max(LOOK_AGAIN, _growing_wait(attempts))
            await nudges.leave_in_doubt(session, ids, owner=room.owner, until=until)
    except Exception:
        # Then the leases run out.
        log.exception("delivery: could not be put off", nudges=len(group))
        return
    room.metrics.became(Outcome.IN_DOUBT, group)


async def never_arrived(
    session: AsyncSession, group: Sequence[Claimed], room: PostRoom, now: datetime
) -> None:
    """Have those that the DM's history does not show sent again, each time after a longer wait.

    What belongs into one digest waits for the same moment: the first part of it would be the day's
    digest, and the rest would have to wait for the next one.
    """
    given_up = [nudge for nudge in group if _tries([nudge]) >= LAST_TRY]
    await _give_up(session, given_up, NEVER_ARRIVED, room, now)
    again = [nudge for nudge in group if nudge not in given_up]
    room.metrics.became(Outcome.TO_RETRY, again)
    digest = [nudge for nudge in again if not nudge.alone]
    for part in (digest, *([nudge] for nudge in again if nudge.alone)):
        ids, tries = [nudge.id for nudge in part], _tries(part)
        due_at = now + _growing_wait(tries) if tries > TRIES_AT_ONCE else None
        if ids:
            await nudges.release(session, ids, owner=room.owner, due_at=due_at)


async def _give_up(
    session: AsyncSession, group: Sequence[Claimed], failure: str, room: PostRoom, now: datetime
) -> None:
    for nudge in group:
        await nudges.record_failed(session, nudge.id, owner=room.owner, failure=failure, now=now)
    room.metrics.became(Outcome.FAILED, group)


def _tries(group: Sequence[Claimed]) -> int:
    return max((nudge.attempts for nudge in group), default=0) // CLAIMS_A_TRY


async def _leave_in_peace(session: AsyncSession, code: str) -> None:
    """Send nothing more to who is gone, until Slack says that they are back."""
    if code == _CHANNEL_GONE:
        # The DM is opened anew the next time.
        await members.set_dm_channel(session, None)
    else:
        await members.set_active(session, False)


def _wait(failure: Failure, error: Exception, attempts: int) -> timedelta:
    if failure == Failure.RATE_LIMITED:
        seconds = retry_after(error)
        return WAIT_WHEN_LIMITED if seconds is None else max(LEAST_WAIT, timedelta(seconds=seconds))
    if failure in (Failure.DEAD_CREDENTIALS, Failure.CONFIGURATION):
        return WAIT_FOR_MENDING
    return _growing_wait(attempts)


def _growing_wait(attempts: int) -> timedelta:
    # Spread, so that many nudges that failed together do not come back together.
    longest: timedelta = min(FIRST_WAIT * 2**attempts, LONGEST_WAIT)
    return longest * random.uniform(0.5, 1.0)
