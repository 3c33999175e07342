"""What stands in a nudge's key: whom and which touch it is about, beside its kind.

For when a contact turns out to be the same person as another, or not to be: what was said and
answered about the one then counts for the other.
"""

from domain.vocabulary import NudgeKind

# KIND:CONTACT and more; of all but the last the touch follows, from which the nudge counts.
_ABOUT_A_TOUCH = (
    NudgeKind.OTHER_PERSON,
    NudgeKind.FOLLOW_UP,
    NudgeKind.RESTS,
    NudgeKind.KEEP_IN_TOUCH,
)
_ABOUT_A_CONTACT = (*_ABOUT_A_TOUCH, NudgeKind.NOT_NOW_IS_OVER)
# KIND:TALK, and of a guest KIND:TALK:CONTACT.
_OF_GUESTS_TOO = (NudgeKind.THANK_YOU, NudgeKind.THANK_YOU_AGAIN)


def handed_over(key: str, kind: NudgeKind, before: int, after: int) -> str:
    """Give the key that the same nudge has when it is about another contact."""
    parts = key.split(":")
    place = 1 if kind in _ABOUT_A_CONTACT else 2 if kind in _OF_GUESTS_TOO else len(parts)
    if parts[place : place + 1] == [str(before)]:
        parts[place] = str(after)
    return ":".join(parts)


def touch_in(key: str, kind: NudgeKind) -> int | None:
    """Give the touch that a key names; None where it names none."""
    return int(key.split(":")[2]) if kind in _ABOUT_A_TOUCH else None
