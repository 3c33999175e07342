"""The schema: who a member is, whom they meet, and what the bot owes them.

Every class but `Workspace`, `NumberLimit` and `Member` is owned by one member. Text that was not
given is empty, never null; moments are aware UTC. Relationships are read-only and must be loaded by
the verb.
"""

from storage.models.contacts import FORM_ID_LENGTH, NAME_LENGTH, Contact, Path, Touch
from storage.models.dialogues import Dialogue, DialogueLine, LineRole
from storage.models.merges import Merge
from storage.models.nudges import Nudge
from storage.models.people import AnswerTold, Member, NumberLimit, Workspace
from storage.models.preparation import Assumption, PickedQuestion, ResearchTick
from storage.models.talks import Debrief, Interview, InterviewGuest, Promise, Skill

__all__ = [
    "FORM_ID_LENGTH",
    "NAME_LENGTH",
    "AnswerTold",
    "Assumption",
    "Contact",
    "Debrief",
    "Dialogue",
    "DialogueLine",
    "Interview",
    "InterviewGuest",
    "LineRole",
    "Member",
    "Merge",
    "Nudge",
    "NumberLimit",
    "Path",
    "PickedQuestion",
    "Promise",
    "ResearchTick",
    "Skill",
    "Touch",
    "Workspace",
]
