"""Gathers all that Home shows, in questions that do not grow with what there is."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from domain.mix import to_point_out
from domain.numbers import PRACTICE_TALKS
from domain.stages import talked_to
from domain.vocabulary import NudgeKind, Stage
from handlers.nudges_shown import nudge_shown, nudges_shown
from handlers.shown import talk_shown, unfinished_shown
from handlers.views.dream import DreamShown
from handlers.views.home import Desk as HomeDesk
from storage import glance, members, nudges, paths, undo
from storage.models import Contact, Nudge

# App Home shows five and counts the others.
_MOST_NUDGES = 50
# So long what was pressed last stands in Home with its Undo.
_JUST_NOW = timedelta(minutes=15)
_MOST_AHEAD, _MOST_BEHIND = 5, 3
# A talk that one of these is about stands in Home already.
_ASKS_HOW_IT_WENT = (
    NudgeKind.DID_IT_TAKE_PLACE,
    NudgeKind.ASK_AGAIN_HOW_IT_WENT,
    NudgeKind.DEBRIEF_MISSING,
)


async def home_desk(session: AsyncSession, user_id: str, now: datetime) -> HomeDesk:
    """Give what Home shows."""
    due, just = await nudges.for_home(session, now, now - _JUST_NOW, limit=_MOST_NUDGES)
    talks = await glance.talks(session, now)
    ahead, to_debrief = talks.ahead[:_MOST_AHEAD], talks.not_written_up[:_MOST_BEHIND]
    half_way = talks.half_way[:_MOST_BEHIND]
    spoken_of = due if just is None else [*due, just]
    about = [nudge.interview for nudge in spoken_of if nudge.interview is not None]
    half = [unfinished.talk for unfinished in half_way]
    dream = await glance.people(session, [*about, *ahead, *to_debrief, *half])
    people = await paths.overview(session)
    numbers = await glance.numbers(session, now)
    asked = {nudge.interview_id for nudge in due if nudge.kind in _ASKS_HOW_IT_WENT}
    asked |= {talk.id for talk in half}
    member = await members.current(session)
    rhythm = member.rhythm()
    until = rhythm.paused_until
    return HomeDesk(
        user_id=user_id,
        hour=rhythm.local(now).hour,
        due=await nudges_shown(session, _one_a_talk(due), now, people.stages, in_a_list=True),
        just_done=nudge_shown(just, now, rhythm) if just and undo.can_undo(just, now) else None,
        failed=numbers.failed,
        to_debrief=[talk_shown(talk) for talk in to_debrief if talk.id not in asked],
        half_way=[unfinished_shown(unfinished) for unfinished in half_way],
        talks=[talk_shown(talk, talks.picked[talk.id]) for talk in ahead],
        stages=people.stages,
        starting_names=member.starting_names,
        dream=_dream_shown(dream, people.stages) if dream is not None else None,
        gaps=numbers.gaps,
        gaps_of=numbers.gaps_of,
        mix=to_point_out(people.mixes),
        paths=[(path.name, path.talks) for path in people.explored],
        paused_until=until if until is not None and until > now else None,
    )


def _dream_shown(contact: Contact, stages: Mapping[Stage, int]) -> DreamShown:
    """The dream talk for Home; the counts of contacts by stage say how many talks there were."""
    return DreamShown(
        contact_id=contact.id,
        name=contact.name,
        company=contact.company,
        stage=contact.stage,
        practised=talked_to(stages) >= PRACTICE_TALKS,
    )


def _one_a_talk(due: Sequence[Nudge]) -> list[Nudge]:
    """Leave out the brief of a talk that is to be prepared: its time and place stand in Home."""
    unprepared = {n.interview_id for n in due if n.kind == NudgeKind.UNPREPARED}
    return [n for n in due if n.kind != NudgeKind.BRIEF or n.interview_id not in unprepared]
