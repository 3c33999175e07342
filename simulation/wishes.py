"""How made-up members change when they want to hear from the bot: hours, pauses."""

from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from simulation.answering import Did
from simulation.hands import Hands

# What a new member has, as the settings show it and the practice names it.
DEFAULTS = {
    "digest": "daily",
    "digest_hour": 9,
    "working_days": "12345",
    "review_day": 5,
    "quiet_from": 20,
    "quiet_until": 8,
    "other_person_business_days": 3,
    "follow_up_business_days": 7,
    "follow_ups": 1,
    "unprepared_days": 3,
    "their_promise_days": 7,
    "in_touch_days": 90,
    "talk_soon_minutes": 60,
    "debrief_minutes": 30,
    "thank_you_hours": 24,
    "thank_you_again_hours": 48,
    "digest_items": 10,
    "ask_after_digests": 3,
    "kinds_off": [],
}
# What a number is called in the settings, and what members choose: nothing that a facilitator
# would have to allow.
NUMBERS: dict[str, tuple[str, tuple[int, ...]]] = {
    "other_person_business_days": ("No answer: suggest someone else there after", (2, 3, 4)),
    "follow_up_business_days": ("No answer: suggest a follow-up after", (5, 7, 10)),
    "follow_ups": ("Follow-ups to silence, at most", (0, 1, 1)),
    "unprepared_days": ("Nothing prepared: tell me before a talk", (2, 3, 4)),
    "their_promise_days": ("They promised something: remind me after", (5, 7, 10)),
    "in_touch_days": ("Nothing said for long: remind me after", (0, 60, 90)),
    "talk_soon_minutes": ("A talk is near: a word before it", (30, 60, 120)),
    "debrief_minutes": ("A talk is over: ask how it went after", (0, 30, 60)),
    "thank_you_hours": ("No thank-you: remind me within", (12, 24, 36)),
    "thank_you_again_hours": ("No thank-you: once more after", (36, 48, 72)),
    "digest_items": ("Reminders in one message, at most", (4, 7, 10)),
    "ask_after_digests": ("No word from me: ask whether to go on after", (2, 3, 5)),
}
# Kinds that members switch off now and then, by the question under which they are ticked.
KINDS = {
    "Around a talk": {
        "Nothing prepared, and the talk is near": "unprepared",
        "A brief the day before": "brief",
        "Shortly before": "talk_soon",
        "How did it go? Soon after": "did_it_take_place",
        "How did it go? Once more": "ask_again_how_it_went",
        "No notes yet": "debrief_missing",
    },
    "Thanks and promises": {
        "A thank-you": "thank_you",
        "A thank-you, once more": "thank_you_again",
        "What I promised, on its day": "my_promise",
        "What they promised": "their_promise",
        "Tell them that I kept my word": "progress_update",
        "Tell who introduced us how it went": "tell_introducer",
    },
    "Waiting, and staying in touch": {
        "No answer: someone else there": "other_person",
        "No answer: a polite follow-up": "follow_up",
        "No answer: it rests now": "rests",
        "“Not now” is over": "not_now_is_over",
        "Nothing said for long": "keep_in_touch",
        "Review of the week": "weekly_review",
    },
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKS = ("12345", "12345", "1234", "0", "23456", "12345")
DIGESTS = {
    "daily": "Daily",
    "weekly": "Weekly, on the review day",
    "none": "None: I look at the Home tab",
}


class Wishes:
    """One member's way with settings and pauses."""

    def __init__(self, hands: Hands, did: Did, random: Random) -> None:
        self._hands, self._did, self._random = hands, did, random
        self._paused_until: datetime | None = None

    async def change_hours(self) -> None:
        """Choose another hour, other days, other quiet hours, a digest a week or none."""
        hour = self._random.randint(7, 18)
        days = self._random.choice(WEEKS).replace("0", "1234567")
        begin, end = self._random.choice(((20, 8), (22, 7), (19, 9), (0, 6)))
        [digest] = self._random.choices(list(DIGESTS), [8, 2, 1])
        review = int(self._random.choice(days))
        await self._hands.settings(
            {
                "Digest": DIGESTS[digest],
                "At what time?": f"{hour:02}:00",
                "On which days?": [WEEKDAYS[int(day) - 1] for day in days],
                "Review of the week": WEEKDAYS[review - 1],
                "Quiet from": f"{begin:02}:00",
                "Quiet until": f"{end:02}:00",
            }
        )
        chosen: dict[str, object] = {"digest": digest, "digest_hour": hour, "working_days": days}
        chosen |= {"review_day": review, "quiet_from": begin, "quiet_until": end}
        self._did("settings", settings=chosen)

    async def change_numbers(self) -> None:
        """Choose other numbers, and perhaps a kind that is not wanted; all others are wanted."""
        numbers = {name: self._random.choice(choices) for name, (_, choices) in NUMBERS.items()}
        off = self._random.sample(
            [kind for kinds in KINDS.values() for kind in kinds.values()],
            self._random.choice((0, 0, 1, 2)),
        )
        values: dict[str, object] = {NUMBERS[name][0]: str(n) for name, n in numbers.items()}
        for question, kinds in KINDS.items():
            values[question] = [label for label, kind in kinds.items() if kind not in off]
        await self._hands.numbers(values)
        self._did("settings", settings={**numbers, "kinds_off": off})

    async def pause_or_resume(self, now: datetime, zone: ZoneInfo) -> None:
        """Go on holiday for some days; whoever is on holiday comes back."""
        if self._paused_until is not None and self._paused_until > now:
            await self._hands.ask("/followups resume")
            self._paused_until = None
            self._did("resumed")
            return
        day = now.astimezone(zone).date() + timedelta(days=self._random.randint(2, 15))
        await self._hands.ask(f"/followups pause until {day}")
        self._paused_until = datetime.combine(day, time(0), tzinfo=zone)
        self._did("paused", until=self._paused_until)
