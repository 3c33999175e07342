"""The practice's numbers, with their defaults; `domain.limits` says what a member may choose.

The ceiling of three follow-ups is here and in no setting: more is pestering, always.
"""

from dataclasses import dataclass, fields

MOST_FOLLOW_UPS = 3
# Names on the list to start from: 25 get past "I don't know anyone".
STARTING_NAMES = 25
LEAST_NAMES, MOST_NAMES = 5, 100
# Talks on one path: fewer are an opinion, since one of them may be an outlier.
LEAST_TALKS, MOST_TALKS = 5, 15
# Talks to practise on before the one that matters most.
PRACTICE_TALKS = 3
# How long "not now" lasts where no date is given: things may have changed, nothing is forgotten.
NOT_NOW_DAYS = 60
# People on a path of whom it is known what they are to the member: fewer tell nothing of the mix.
LEAST_PLACED = 5


@dataclass(frozen=True)
class Numbers:
    """One member's numbers; those in `business_days` count the member's own working days.

    `talk_soon_minutes` before a talk there is a word about it, and `debrief_minutes` after it the
    question how it went; the hours of a thank-you count from the talk's end. After
    `ask_after_digests` without an answer the bot asks whether to go on.
    """

    other_person_business_days: int = 3
    follow_up_business_days: int = 7
    follow_ups: int = 1
    unprepared_days: int = 3
    their_promise_days: int = 7
    in_touch_days: int = 90
    talk_soon_minutes: int = 60
    debrief_minutes: int = 30
    thank_you_hours: int = 24
    thank_you_again_hours: int = 48
    digest_items: int = 10
    ask_after_digests: int = 3

    def __post_init__(self) -> None:
        """Refuse a number that is too little or too much for anybody."""
        for each in fields(self):
            least, most = WIDEST[each.name]
            value = getattr(self, each.name)
            if not least <= value <= most:
                raise ValueError(f"{each.name} must be between {least} and {most}, not {value}")


# For each number the least and the most that anybody may allow; 0 days of keeping in touch switch
# it off.
WIDEST = {
    "other_person_business_days": (1, 10),
    "follow_up_business_days": (3, 20),
    "follow_ups": (0, MOST_FOLLOW_UPS),
    "unprepared_days": (1, 7),
    "their_promise_days": (3, 30),
    "in_touch_days": (0, 180),
    "talk_soon_minutes": (15, 240),
    "debrief_minutes": (0, 240),
    "thank_you_hours": (4, 48),
    "thank_you_again_hours": (24, 120),
    "digest_items": (3, 10),
    "ask_after_digests": (2, 10),
}
