"""What the rules are told, and what they answer: plain values, moments aware UTC."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.hours import Rhythm
from domain.numbers import Numbers
from domain.vocabulary import Answer, Digest, InterviewStatus, NudgeKind, PromiseBy


@dataclass(frozen=True)
class Talk:
    """A talk as the rules see it.

    `ends_at` counts from its planned length; `logged_at` is when the member told of it, and
    `settled_at` when they said what became of it, which may be long after. `prepared` when they
    picked questions, or wrote down what they want to learn. `as_guest` of whom it is not with in
    the first place: of what is said once for all of its people, nothing is said for them.
    `on_day` is its day by the calendar of where the member was when they planned it for that day.
    """

    interview_id: int
    starts_at: datetime
    ends_at: datetime
    status: InterviewStatus
    logged_at: datetime
    on_day: date
    settled_at: datetime | None = None
    prepared: bool = False
    debriefed: bool = False
    thanked: bool = False
    as_guest: bool = False


@dataclass(frozen=True)
class Asked:
    """A request, or the last follow-up on it, that has not been answered.

    `touch_id` is the last message sent, `at` when it went out, `is_request` when it asked anew
    rather than followed up; `follow_ups` counts all messages after the first that found no answer.
    `others_asked` when somebody else at that company was asked, or is met, since the last request.
    """

    touch_id: int
    at: datetime
    follow_ups: int = 0
    others_asked: bool = False
    is_request: bool = True


@dataclass(frozen=True)
class PromiseMade:
    """A promise after a talk; `due_on` is a local date, `kept_at` when it was kept."""

    promise_id: int
    by: PromiseBy
    made_at: datetime
    due_on: date | None = None
    kept_at: datetime | None = None
    told_since_kept: bool = False


@dataclass(frozen=True)
class ToTell:
    """A talk with somebody whom an introducer led to, of which the introducer has not heard."""

    interview_id: int
    introducer_id: int
    since: datetime


@dataclass(frozen=True)
class Reminded:
    """A nudge that came: its key, which of its rounds it was, and when."""

    key: str
    at: datetime
    round_: int = 0


@dataclass(frozen=True)
class ContactFacts:
    """One contact as the rules see them; whoever is archived is not among the facts at all.

    `last_touch_id` and `last_touch_at` are of the latest touch in either direction, of a contact
    with whom the member has talked; `reminded` tells of what came unprompted to keep in touch, in
    two years, and `offered` of the follow-ups that were offered. `stopped`: no nudges about this
    person. `declined`: never suggested again. `not_now_until` is the local date on which they may
    be asked again.
    """

    contact_id: int
    has_company: bool = False
    asked: Asked | None = None
    talks: tuple[Talk, ...] = ()
    promises: tuple[PromiseMade, ...] = ()
    to_tell: tuple[ToTell, ...] = ()
    last_touch_id: int | None = None
    last_touch_at: datetime | None = None
    reminded: tuple[Reminded, ...] = ()
    offered: tuple[Reminded, ...] = ()
    not_now_until: date | None = None
    declined: bool = False
    stopped: bool = False


@dataclass(frozen=True)
class Answered:
    """What the member pressed on one nudge; `until` is set for `later`.

    `alone` when they chose a moment of their own, so that it comes then and not with a digest.
    """

    answer: Answer
    until: datetime | None = None
    alone: bool = False


@dataclass(frozen=True)
class Facts:
    """All that the rules need to know of one member, or of one contact of theirs.

    `as_of` is the moment of asking: only the weekly review, which recurs, depends on it.
    `has_contacts` is false while there is nothing to review; None when only one contact's facts
    were asked for, and then no weekly review is planned. `answers` holds, for each nudge key, what
    was pressed on its rounds, first round first. `unwanted` are the kinds that the member has
    switched off: what would stand in for another one does not.
    """

    rhythm: Rhythm
    as_of: datetime
    numbers: Numbers = field(default_factory=Numbers)
    contacts: tuple[ContactFacts, ...] = ()
    answers: Mapping[str, tuple[Answered, ...]] = field(default_factory=dict)
    has_contacts: bool | None = None
    unwanted: frozenset[NudgeKind] = frozenset()

    def is_unspoken(self, kind: NudgeKind) -> bool:
        """Say whether what a digest brings of this kind is for no DM of this member's."""
        return is_unspoken(kind, self.rhythm, self.unwanted)


def is_unspoken(kind: NudgeKind, rhythm: Rhythm, unwanted: Collection[NudgeKind]) -> bool:
    """Say the same where no more is known than the member's hours and what they do not want."""
    return kind in unwanted or rhythm.digest == Digest.NONE


@dataclass(frozen=True)
class PlannedNudge:
    """A nudge that should exist: `key` names what it is about, `round_` counts its snoozes.

    `due_at` is when it should reach the member, `makes_sense_until` when it would be old news.
    `alone` when it comes on its own, tied to a clock, rather than with the day's digest.
    """

    key: str
    round_: int
    kind: NudgeKind
    due_at: datetime
    makes_sense_until: datetime
    alone: bool = False
    contact_id: int | None = None
    interview_id: int | None = None
    promise_id: int | None = None
