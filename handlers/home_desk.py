"""Gathers all that Home shows, in questions that do not grow with what there is."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from domain.mix import to_point_out
from domain.numbers import PRACTICE_TALKS
from domain.stages import talked_to
from domain.vocabulary import NudgeKind, Stage
from handlers.shown import half_way_shown, nudge_shown, nudges_shown, talk_shown
from handlers.views.dream import DreamShown
from handlers.views.home import Desk as HomeDesk
from storage import (
    contacts,
    dialogues,
    dreams,
    gaps,
    interviews,
    members,
    names,
    nudges,
    paths,
    questions,
    undo,
)
from storage.models import Contact, Nudge

# App Home shows five and counts the others.
_MOST_NUDGES = 50
# So long what was pressed last stands in Home with its Undo.
_JUST_NOW = timedelta(minutes=15)
# A talk that one of these is about stands in Home already.
_ASKS_HOW_IT_WENT = (
    NudgeKind.DID_IT_TAKE_PLACE,
    NudgeKind.ASK_AGAIN_HOW_IT_WENT,
    NudgeKind.DEBRIEF_MISSING,
)


async def home_desk(session: AsyncSession, user_id: str, now: datetime) -> HomeDesk:
    """Give what Home shows."""
    due = await nudges.open_for(session, now, limit=_MOST_NUDGES)
    to_debrief = await interviews.debrief_missing(session, now, limit=3)
    half_way = [half_way_shown(stands) for stands in await dialogues.unfinished(session, now)]
    asked = {nudge.interview_id for nudge in due if nudge.kind in _ASKS_HOW_IT_WENT}
    asked |= {half.interview_id for half in half_way}
    stages = await contacts.by_stage(session)
    talks = await interviews.coming(session, now, limit=5)
    rhythm = (await members.current(session)).rhythm()
    until = rhythm.paused_until
    dream = await dreams.current(session)
    named, written_up = await gaps.most_named(session)
    just = await nudges.last_answered(session, now - _JUST_NOW)
    picked = await questions.of_interviews(session, [talk.id for talk in talks])
    return HomeDesk(
        user_id=user_id,
        hour=rhythm.local(now).hour,
        due=await nudges_shown(session, _one_a_talk(due), now, stages, in_a_list=True),
        just_done=nudge_shown(just, now, rhythm) if just and undo.can_undo(just, now) else None,
        failed=await nudges.failed_count(session, now),
        to_debrief=[talk_shown(talk) for talk in to_debrief if talk.id not in asked],
        half_way=half_way,
        talks=[talk_shown(talk, len(picked.get(talk.id, ()))) for talk in talks],
        stages=stages,
        starting_names=await names.wanted(session),
        dream=_dream_shown(dream, stages) if dream is not None else None,
        gaps=named,
        gaps_of=written_up,
        mix=to_point_out(await paths.mixes(session)),
        paths=[(path.name, path.talks) for path in await paths.explored(session)],
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
