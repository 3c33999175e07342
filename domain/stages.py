"""A contact's stage follows from what was logged, never from a form kept true by hand.

Source: practice.md, "The road of one contact".
"""

from collections.abc import Iterable, Mapping

from domain.vocabulary import Stage, TouchKind

# The stage that each kind of touch leads to; a note changes nothing.
_LEADS_TO = {
    TouchKind.ASKED: Stage.ASKED,
    TouchKind.FOLLOW_UP: Stage.ASKED,
    TouchKind.REPLIED: Stage.REPLIED,
    TouchKind.TALK: Stage.TALKED,
    TouchKind.THANK_YOU: Stage.THANKED,
    TouchKind.UPDATE: Stage.IN_TOUCH,
    TouchKind.INTRODUCTION: Stage.REPLIED,
    TouchKind.NOT_NOW: Stage.NOT_NOW,
    TouchKind.DECLINED: Stage.DECLINED,
    TouchKind.RESTED: Stage.NO_REPLY,
}

# Once two people have talked, a later message does not send them back to the start of the road.
_AFTER_A_TALK = {Stage.TALKED, Stage.THANKED, Stage.IN_TOUCH}
_BEFORE_A_TALK = {Stage.ASKED, Stage.REPLIED}
# Who agreed to a talk has answered, whatever became of that talk.
_BEFORE_AN_ANSWER = {Stage.IDENTIFIED, Stage.RESEARCHED, Stage.ASKED, Stage.NO_REPLY}
# News and thanks may go out meanwhile: whoever said "not now" is asked again on their date, and
# whoever said no is not suggested again.
_KEEPS_NO = {TouchKind.UPDATE, TouchKind.THANK_YOU, TouchKind.INTRODUCTION}
_NO = {Stage.NOT_NOW, Stage.DECLINED}


def talked_to(stages: Mapping[Stage, int]) -> int:
    """Count those with whom there was a talk, from the counts of contacts by stage."""
    return sum(stages.get(stage, 0) for stage in _AFTER_A_TALK)


def stage_of(
    touches: Iterable[TouchKind],
    *,
    talk_ahead: bool = False,
    agreed: bool = False,
    researched: bool = False,
    overruled: Stage | None = None,
) -> Stage:
    """Say where a contact stands.

    `touches` in the order in which they happened; `talk_ahead` when a talk is scheduled that has
    not been settled yet; `agreed` when one was planned after the last message to them, and fell
    through; `researched` when all of the check-list is ticked; `overruled` is the
    member's own word, which always wins.
    """
    if overruled is not None:
        return overruled
    stage = _reached(touches)
    if talk_ahead and stage != Stage.DECLINED:
        return Stage.SCHEDULED
    if agreed and stage in _BEFORE_AN_ANSWER:
        return Stage.REPLIED
    if researched and stage == Stage.IDENTIFIED:
        return Stage.RESEARCHED
    return stage


def is_not_now(touches: Iterable[TouchKind]) -> bool:
    """Say whether "not now" is the last word on when to ask, whatever is planned meanwhile."""
    return _reached(touches) == Stage.NOT_NOW


def _reached(touches: Iterable[TouchKind]) -> Stage:
    stage = Stage.IDENTIFIED
    for kind in touches:
        reached = _LEADS_TO.get(kind)
        if reached is None or (stage in _NO and kind in _KEEPS_NO):
            continue
        if stage in _AFTER_A_TALK and reached in _BEFORE_A_TALK:
            reached = Stage.IN_TOUCH
        stage = reached
    return stage
