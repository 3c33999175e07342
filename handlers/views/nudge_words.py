"""What each kind of nudge says: who, why now, one step; and the line of record afterwards."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.vocabulary import Answer, InterviewStatus, NudgeKind
from handlers.views.brief import Brief, brief_line
from handlers.views.words import DATE, Bold, Line, When, cut, full_date


@dataclass(frozen=True)
class NudgeShown:
    """A nudge with all that its line needs; moments are aware.

    `answer` and `later_until` say what was pressed; `is_open` is false when there is nothing left
    to press, because it was answered, or because what it asks for was logged elsewhere.
    `introduced` is whom the talk was with when the nudge is about their introducer; `promise` what
    was promised; `takeaway` the one thing learned from the last talk; `summary` the week in
    numbers; `brief` what to have at hand. `since` is when that was from which it counts: the last
    message, the last touch, the promise, or its keeping; `day` the date for which something was
    promised or noted. `moved`, `thanked`, `archived` and `talk_deleted` say what has come of the
    talk and the contact since; `can_undo` that what was pressed may be taken back.
    """

    nudge_id: int
    kind: NudgeKind
    name: str = ""
    company: str = ""
    talk_starts_at: datetime | None = None
    talk_status: InterviewStatus | None = None
    place: str = ""
    goal: str = ""
    introduced: str = ""
    promise: str = ""
    takeaway: str = ""
    summary: str = ""
    since: datetime | None = None
    day: date | None = None
    brief: Brief | None = None
    alone: bool = False
    moved: bool = False
    thanked: bool = False
    archived: bool = False
    talk_deleted: bool = False
    can_undo: bool = False
    is_open: bool = True
    answer: Answer | None = None
    later_until: datetime | None = None


_NEEDS_THANKS = (NudgeKind.THANK_YOU, NudgeKind.THANK_YOU_AGAIN)
# That these were done is known from their button alone: something else may have ended them.
_SAID_BY_BUTTON = (
    NudgeKind.MY_PROMISE,
    NudgeKind.THEIR_PROMISE,
    NudgeKind.FOLLOW_UP,
    NudgeKind.OTHER_PERSON,
    NudgeKind.NOT_NOW_IS_OVER,
    NudgeKind.KEEP_IN_TOUCH,
    NudgeKind.TELL_INTRODUCER,
    NudgeKind.PROGRESS_UPDATE,
)


def nudge_line(nudge: NudgeShown) -> Line:
    """Say why the bot speaks, or what became of it."""
    return _reason(nudge) if nudge.is_open else _record(nudge)


def in_short(nudge: NudgeShown) -> Line:
    """Say the one step in a few words, as the first line of a digest lists it."""
    name = nudge.name
    match nudge.kind:
        case NudgeKind.TALK_SOON | NudgeKind.BRIEF:
            return ["your talk with ", name]
        case NudgeKind.DID_IT_TAKE_PLACE | NudgeKind.ASK_AGAIN_HOW_IT_WENT:
            return ["how it went with ", name]
        case NudgeKind.UNPREPARED:
            return ["prepare for ", name]
        case NudgeKind.DEBRIEF_MISSING:
            return ["notes on your talk with ", name]
        case NudgeKind.THANK_YOU | NudgeKind.THANK_YOU_AGAIN:
            return ["thank ", name]
        case NudgeKind.MY_PROMISE:
            return ["your promise to ", name]
        case NudgeKind.THEIR_PROMISE:
            return ["what ", name, " promised"]
        case NudgeKind.FOLLOW_UP:
            return ["follow up with ", name]
        case NudgeKind.OTHER_PERSON:
            return ["someone else at ", nudge.company or "the same company"]
        case NudgeKind.RESTS:
            return ["let ", name, " rest"]
        case NudgeKind.TELL_INTRODUCER:
            return ["tell ", name, " how it went"]
        case NudgeKind.PROGRESS_UPDATE:
            return ["news for ", name]
        case NudgeKind.NOT_NOW_IS_OVER:
            return ["ask ", name, " again"]
        case NudgeKind.KEEP_IN_TOUCH:
            return ["a line to ", name]
        case NudgeKind.WEEKLY_REVIEW:
            return ["your week"]
        case NudgeKind.GO_ON:
            return ["whether I go on"]


def _reason(nudge: NudgeShown) -> Line:
    who: Line = [Bold(nudge.name), f" · {nudge.company}" if nudge.company else ""]
    match nudge.kind:
        case NudgeKind.TALK_SOON:
            return ["Soon you talk with ", *who, *_when(nudge), ".", *_details(nudge)]
        case NudgeKind.BRIEF:
            brief = brief_line(nudge.brief) if nudge.brief else []
            return ["Your next talk is with ", *who, *_when(nudge), ".", *_details(nudge), *brief]
        case NudgeKind.UNPREPARED:
            ahead = " is near, and nothing is prepared yet. Three questions are enough."
            return ["Your talk with ", *who, *_when(nudge), ahead]
        case NudgeKind.DID_IT_TAKE_PLACE:
            return ["You were to talk with ", *who, *_when(nudge), ". How did it go?"]
        case NudgeKind.ASK_AGAIN_HOW_IT_WENT:
            return ["Did your talk with ", *who, *_when(nudge), " take place?"]
        case NudgeKind.DEBRIEF_MISSING:
            return [*who, " — you talked", *_when(nudge), "; no notes yet. One line is enough."]
        case NudgeKind.THANK_YOU:
            return [*who, " — you talked", *_when(nudge), "; no thank-you yet."]
        case NudgeKind.THANK_YOU_AGAIN:
            return [*who, " — you talked", *_when(nudge), "; a thank-you is still welcome."]
        case NudgeKind.MY_PROMISE:
            by = f" (by {full_date(nudge.day)})" if nudge.day else ""
            return ["You promised ", *who, f": {nudge.promise}{by}"]
        case NudgeKind.THEIR_PROMISE:
            theirs = f": {nudge.promise.rstrip(' .')}. A gentle reminder may help."
            return [*who, " promised", *_on(nudge), theirs]
        case NudgeKind.FOLLOW_UP:
            polite = "; no answer so far. One polite follow-up is fine now."
            return [*who, " — you wrote", *_on(nudge), polite]
        case NudgeKind.OTHER_PERSON:
            other = "; no answer yet. Who else works there and could tell you more?"
            return [*who, " — you asked", *_on(nudge), other]
        case NudgeKind.RESTS:
            rests = "; no answer, and that is all right. I let it rest now."
            return [*who, " — you wrote", *_on(nudge), rests]
        case NudgeKind.TELL_INTRODUCER:
            met = f" introduced you to {nudge.introduced}. You have talked since"
            return [*who, met, *_when(nudge), ": tell them how it went."]
        case NudgeKind.PROGRESS_UPDATE:
            told = ". Two lines on how it went will please them."
            return ["You kept your word to ", *who, *_on(nudge), told]
        case NudgeKind.NOT_NOW_IS_OVER:
            noted = full_date(nudge.day) if nudge.day else "this day"
            return [*who, f" — it was not the time; you noted {noted}. Ask again?"]
        case NudgeKind.KEEP_IN_TOUCH:
            last: Line = [": you were last in touch", *_on(nudge)] if nudge.since else []
            learned = f" You learned: {cut(nudge.takeaway, 300)}" if nudge.takeaway else ""
            few = f". A few lines keep the door open.{learned}"
            return [*who, " — it has been a while", *last, few]
        case NudgeKind.WEEKLY_REVIEW:
            return ["Your week: ", nudge.summary, ". Whom would you like to ask next?"]
        case NudgeKind.GO_ON:
            return ["I have written several times without a word from you. Shall I go on?"]


def _record(nudge: NudgeShown) -> Line:
    """The one line that stays when there is nothing left to press."""
    name = Bold(nudge.name)
    if nudge.answer == Answer.LATER and nudge.later_until is not None:
        about: Line = ["I'll come back to ", name] if nudge.name else ["I'll come back to this"]
        return [*about, ": ", When(nudge.later_until), "."]
    if nudge.kind in (NudgeKind.WEEKLY_REVIEW, NudgeKind.GO_ON):
        return ["Noted."]
    if nudge.answer == Answer.SKIP:
        return ["Left alone: ", name, "."]
    if nudge.archived:
        return [name, " is archived; nothing to do here."]
    if nudge.talk_deleted or (nudge.answer is None and _only_pressing_says_so(nudge)):
        return ["Nothing to do here any more: ", name, "."]
    match nudge.kind:
        case NudgeKind.THANK_YOU | NudgeKind.THANK_YOU_AGAIN:
            return ["You thanked ", name, "."]
        case NudgeKind.MY_PROMISE:
            return ["You kept your promise to ", name, "."]
        case NudgeKind.THEIR_PROMISE:
            return [name, " kept their promise."]
        case NudgeKind.RESTS:
            return [name, " rests: no more follow-ups."]
        case (
            NudgeKind.FOLLOW_UP
            | NudgeKind.OTHER_PERSON
            | NudgeKind.NOT_NOW_IS_OVER
            | NudgeKind.KEEP_IN_TOUCH
            | NudgeKind.TELL_INTRODUCER
            | NudgeKind.PROGRESS_UPDATE
        ):
            return ["Done: ", name, "."]
    return _what_became_of_the_talk(nudge)


def _only_pressing_says_so(nudge: NudgeShown) -> bool:
    if nudge.kind in _NEEDS_THANKS:
        return not nudge.thanked
    return nudge.kind in _SAID_BY_BUTTON


def _what_became_of_the_talk(nudge: NudgeShown) -> Line:
    name = Bold(nudge.name)
    match nudge.talk_status:
        case InterviewStatus.TOOK_PLACE:
            return ["You talked with ", name, *_when(nudge), "."]
        case InterviewStatus.CALLED_OFF:
            return ["The talk with ", name, " was called off."]
        case InterviewStatus.NO_SHOW:
            return [name, " didn't show."]
    if nudge.moved:
        moved: Line = [When(nudge.talk_starts_at)] if nudge.talk_starts_at else []
        return ["The talk with ", name, " has moved: ", *moved, "."]
    return ["Your talk with ", name, *_when(nudge), "."]


def _when(nudge: NudgeShown) -> Line:
    return [" (", When(nudge.talk_starts_at), ")"] if nudge.talk_starts_at else []


def _on(nudge: NudgeShown) -> Line:
    """A date, not "7 days ago": what stands in a DM stays true."""
    return [" on ", When(nudge.since, DATE)] if nudge.since else []


def _details(nudge: NudgeShown) -> Line:
    place = f" Where: {nudge.place}." if nudge.place else ""
    goal = f" You want to learn: {nudge.goal}" if nudge.goal else ""
    return [place, goal]
