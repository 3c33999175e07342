"""The practice's words: every closed list of values that members choose from or the bot derives.

The values are stored in the database and sent in option values, so they never change; what people
read lives with the screens.
"""

from enum import StrEnum


class Vantage(StrEnum):
    """What a contact is to the member, seen from the job that the member explores."""

    BOSS = "would_be_boss"
    PEER = "peer"
    SENIOR = "senior"
    RECRUITER = "recruiter"
    OTHER = "other"


class HowFound(StrEnum):
    """How the member came to know of a contact."""

    ALUMNI = "alumni"
    INTRODUCED = "introduced"
    COLD = "cold"
    FRIEND = "friend_or_family"
    EVENT = "event"
    COHORT = "cohort"


class Stage(StrEnum):
    """Where a contact stands on the road, in the order of the road, side exits last."""

    IDENTIFIED = "identified"
    RESEARCHED = "researched"
    ASKED = "asked"
    REPLIED = "replied"
    SCHEDULED = "scheduled"
    TALKED = "talked"
    THANKED = "thanked"
    IN_TOUCH = "in_touch"
    NO_REPLY = "no_reply"
    DECLINED = "declined"
    NOT_NOW = "not_now"
    CLOSED = "closed"


class TouchKind(StrEnum):
    """What passed between the member and a contact, in either direction."""

    ASKED = "asked"
    REPLIED = "replied"
    FOLLOW_UP = "follow_up"
    TALK = "talk"
    THANK_YOU = "thank_you"
    UPDATE = "update"
    NOTE = "note"
    INTRODUCTION = "introduction"
    NOT_NOW = "not_now"
    DECLINED = "declined"
    RESTED = "rested"


class Medium(StrEnum):
    """How a talk is held."""

    VIDEO = "video"
    PHONE = "phone"
    COFFEE = "coffee"
    LUNCH = "lunch"
    OFFICE = "office"


class InterviewStatus(StrEnum):
    """What became of a talk."""

    SCHEDULED = "scheduled"
    TOOK_PLACE = "took_place"
    CALLED_OFF = "called_off"
    NO_SHOW = "no_show"


class Picture(StrEnum):
    """Could I picture myself there? The door verdict after a talk."""

    NO = "no"
    NOT_SURE = "not_sure"
    YES = "yes"


class Opportunity(StrEnum):
    """Whether an opportunity came up in a talk, and who raised it."""

    NO = "no"
    THEY_RAISED = "they_raised"
    I_RAISED = "i_raised"


class DebriefQuestion(StrEnum):
    """What is asked after a talk, in the order in which it is asked one by one."""

    TAKEAWAY = "takeaway"
    PICTURE = "picture"
    LIKES = "likes"
    DISLIKES = "dislikes"
    REFERRALS = "referrals"
    PROMISE = "promise"
    THEIR_PROMISE = "their_promise"
    SKILLS = "skills"
    HIRING = "hiring"
    TRENDS = "trends"
    ADVICE = "advice"
    OPPORTUNITY = "opportunity"


class PromiseBy(StrEnum):
    """Who made a promise."""

    ME = "me"
    THEM = "them"


class ResearchItem(StrEnum):
    """What to look up about a contact before asking them, in the order of the check-list."""

    WORK = "work"
    WORDS = "words"
    COMPANY = "company"
    COMMON_GROUND = "common_ground"


class AssumptionStatus(StrEnum):
    """What became of something that the member believed about the work."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISPELLED = "dispelled"
    MIXED = "mixed"


class Phase(StrEnum):
    """The parts of a talk, in their order."""

    OPENING = "opening"
    THEIR_PATH = "their_path"
    THE_WORK = "the_work"
    THE_FIELD = "the_field"
    GETTING_IN = "getting_in"
    CLOSING = "closing"


class NudgeKind(StrEnum):
    """What a nudge is about; in a digest the first of this list is the most pressing."""

    TALK_SOON = "talk_soon"
    DID_IT_TAKE_PLACE = "did_it_take_place"
    BRIEF = "brief"
    THANK_YOU = "thank_you"
    THANK_YOU_AGAIN = "thank_you_again"
    MY_PROMISE = "my_promise"
    UNPREPARED = "unprepared"
    ASK_AGAIN_HOW_IT_WENT = "ask_again_how_it_went"
    DEBRIEF_MISSING = "debrief_missing"
    FOLLOW_UP = "follow_up"
    OTHER_PERSON = "other_person"
    RESTS = "rests"
    TELL_INTRODUCER = "tell_introducer"
    THEIR_PROMISE = "their_promise"
    PROGRESS_UPDATE = "progress_update"
    NOT_NOW_IS_OVER = "not_now_is_over"
    KEEP_IN_TOUCH = "keep_in_touch"
    WEEKLY_REVIEW = "weekly_review"
    GO_ON = "go_on"


class Digest(StrEnum):
    """How often a member wants the digest."""

    DAILY = "daily"
    WEEKLY = "weekly"
    NONE = "none"


class NudgeStatus(StrEnum):
    """Where a nudge stands between being planned and being settled."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    CANCELLED = "cancelled"
    DROPPED = "dropped"
    FAILED = "failed"


class Answer(StrEnum):
    """What a member pressed on a nudge."""

    DONE = "done"
    LATER = "later"
    SKIP = "skip"
