"""Turns nudges, with what is known of whom they are about, into the plain values of screens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from domain.cadence import comes_back, stamp
from domain.digest_order import Errand, errand_of
from domain.hours import Rhythm
from domain.mix import to_point_out
from domain.vocabulary import NudgeKind, NudgeStatus, Stage, TouchKind
from handlers.briefs import briefs
from handlers.views.brief import Brief
from handlers.views.home_paths import mix_words
from handlers.views.nudge_messages import MOST_IN_MESSAGE, nudge_message
from handlers.views.nudge_words import NudgeShown
from handlers.views.screen import Message
from handlers.views.words import road
from handlers.whom import led_to, with_whom
from storage import members, nudges, paths, remarks, undo
from storage.models import Interview, Nudge
from storage.nudges import SentMessage
from storage.remarks import Remarks

_AHEAD_OF_A_TALK = (NudgeKind.UNPREPARED, NudgeKind.BRIEF, NudgeKind.TALK_SOON)
# These count from the last message that went out, or from the last touch of any kind but a note.
_SINCE_A_MESSAGE = (NudgeKind.OTHER_PERSON, NudgeKind.FOLLOW_UP, NudgeKind.RESTS)
_MESSAGES = (TouchKind.ASKED, TouchKind.FOLLOW_UP)


def is_open(nudge: Nudge, now: datetime) -> bool:
    """Say whether a nudge can still be answered; its talk must be loaded.

    What was said ahead of a talk is of no more use once the talk has begun.
    """
    talk = nudge.interview
    if nudge.kind in _AHEAD_OF_A_TALK and talk is not None and talk.starts_at <= now:
        return False
    return nudge.answer is None and nudge.status != NudgeStatus.CANCELLED


def nudge_shown(nudge: Nudge, now: datetime, rhythm: Rhythm) -> NudgeShown:
    """A nudge by itself; its contact, talk and promise must be loaded."""
    contact, talk, promise = nudge.contact, nudge.interview, nudge.promise
    # What is said once of a talk is of everybody in it; everything else is of one person.
    together = talk is not None and bool(talk.guests) and errand_of(nudge.kind) == Errand.TALK
    return NudgeShown(
        nudge_id=nudge.id,
        kind=nudge.kind,
        name=with_whom(talk) if talk and together else contact.name if contact else "",
        company=contact.company if contact and not together else "",
        talk_starts_at=talk.starts_at if talk else None,
        talk_status=talk.status if talk else None,
        place=talk.place if talk else "",
        goal=talk.goal if talk else "",
        introduced=led_to(talk, nudge.contact_id) if talk else "",
        promise=promise.what if promise else "",
        since=_since_promise(nudge),
        day=_day(nudge),
        alone=nudge.alone,
        moved=talk is not None and _is_about_another_time(nudge, talk),
        thanked=contact is not None and contact.stage in (Stage.THANKED, Stage.IN_TOUCH),
        archived=contact is not None and contact.archived_at is not None,
        talk_deleted=talk is None and nudge.interview_id is not None,
        can_undo=undo.can_undo(nudge, now),
        is_open=is_open(nudge, now),
        answer=nudge.answer,
        later_until=_back_at(nudge, rhythm),
    )


async def as_it_stands(session: AsyncSession, sent: SentMessage, now: datetime) -> Message | None:
    """Draw a message with nudges as it is to read now; None when it holds none of the member's."""
    inside = await nudges.in_message(session, sent)
    if not inside:
        return None
    # Only a full digest left something for the next one: that waits in Home, and is counted anew.
    is_full = len(inside) >= MOST_IN_MESSAGE
    more = await nudges.put_off_count(session, now) if is_full else 0
    return nudge_message(await nudges_shown(session, inside, now), more=more)


async def nudges_shown(
    session: AsyncSession,
    inside: Sequence[Nudge],
    now: datetime,
    stages: Mapping[Stage, int] | None = None,
    *,
    in_a_list: bool = False,
) -> list[NudgeShown]:
    """Several nudges; what only some kinds say is only asked for where there is one of them.

    `stages` are the counts of contacts by stage in Home, which says by itself what else there is to
    say of a week. `in_a_list`, as in Home, a brief is one line.
    """
    week = ""
    if any(nudge.kind == NudgeKind.WEEKLY_REVIEW for nudge in inside):
        week = await _week(session) if stages is None else road(stages)
    known = await known_of(session, inside, now, in_a_list=in_a_list)
    rhythm = (await members.current(session)).rhythm()
    return [replace(in_words(nudge, known, now, rhythm), summary=week) for nudge in inside]


@dataclass(frozen=True)
class KnownOfNudges:
    """What is said with nudges: of whom they are about, and the briefs by the talks' ids."""

    remarks: Remarks
    briefs: Mapping[int, Brief]


async def known_of(
    session: AsyncSession, inside: Sequence[Nudge], now: datetime, *, in_a_list: bool = False
) -> KnownOfNudges:
    """Gather what is said with nudges, one member's or several's: the queries do not grow."""
    silent = _whom(inside, NudgeKind.KEEP_IN_TOUCH)
    touched = _whom(inside, NudgeKind.KEEP_IN_TOUCH, *_SINCE_A_MESSAGE)
    remarked = await remarks.about(session, touched, silent)
    still_open = [] if in_a_list else [nudge for nudge in inside if is_open(nudge, now)]
    return KnownOfNudges(remarked, await briefs(session, still_open))


def in_words(nudge: Nudge, known: KnownOfNudges, now: datetime, rhythm: Rhythm) -> NudgeShown:
    """A nudge with what is said with it; a weekly review is told of the week by the caller."""
    plain, about = nudge_shown(nudge, now, rhythm), nudge.contact_id or 0
    return replace(
        plain,
        takeaway=known.remarks.learned.get(about, ""),
        since=plain.since or _since_touch(nudge.kind, known.remarks.last.get(about, {})),
        brief=known.briefs.get(nudge.interview_id or 0),
    )


async def _week(session: AsyncSession) -> str:
    seen = await paths.overview(session)
    mix = to_point_out(seen.mixes)
    return road(seen.stages) + (f". {mix_words(mix)}" if mix is not None else "")


def _whom(inside: Sequence[Nudge], *kinds: NudgeKind) -> list[int]:
    return [n.contact_id for n in inside if n.kind in kinds and n.contact_id is not None]


def _back_at(nudge: Nudge, rhythm: Rhythm) -> datetime | None:
    """When it comes back, which may be later than was chosen: a night or a pause may be over it."""
    if nudge.later_until is None:
        return None
    return comes_back(nudge.later_until, rhythm, alone=nudge.later_alone)[0]


def _since_touch(kind: NudgeKind, last: Mapping[TouchKind, datetime]) -> datetime | None:
    if kind in _SINCE_A_MESSAGE:
        return max((at for touch, at in last.items() if touch in _MESSAGES), default=None)
    if kind == NudgeKind.KEEP_IN_TOUCH:
        return max((at for touch, at in last.items() if touch != TouchKind.NOTE), default=None)
    return None


def _since_promise(nudge: Nudge) -> datetime | None:
    if nudge.promise is None:
        return None
    is_kept = nudge.kind == NudgeKind.PROGRESS_UPDATE
    return nudge.promise.kept_at if is_kept else nudge.promise.created_at


def _day(nudge: Nudge) -> date | None:
    if nudge.kind == NudgeKind.NOT_NOW_IS_OVER and nudge.contact is not None:
        return nudge.contact.not_now_until
    return nudge.promise.due_on if nudge.promise is not None else None


def _is_about_another_time(nudge: Nudge, talk: Interview) -> bool:
    """Say whether the talk has been moved since: such a nudge was due relative to its old time."""
    asks = (NudgeKind.DID_IT_TAKE_PLACE, NudgeKind.ASK_AGAIN_HOW_IT_WENT)
    return nudge.kind in asks and stamp(talk.ends_at) not in nudge.key
