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
    "their_promise_days": 7,
    "in_touch_days": 90,
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKS = ("12345", "12345", "1234", "0", "23456", "12345")
DIGESTS = {"daily": "Daily", "weekly": "Weekly, on the review day"}


class Wishes:
    """One member's way with settings and pauses."""

    def __init__(self, hands: Hands, did: Did, random: Random) -> None:
        self._hands, self._did, self._random = hands, did, random
        self._paused_until: datetime | None = None

    async def change_hours(self) -> None:
        """Choose another hour, other days, other quiet hours, or a digest a week."""
        hour = self._random.randint(7, 18)
        days = self._random.choice(WEEKS).replace("0", "1234567")
        begin, end = self._random.choice(((20, 8), (22, 7), (19, 9), (0, 6)))
        [digest] = self._random.choices(list(DIGESTS), [4, 1])
        await self._hands.settings(
            {
                "Digest": DIGESTS[digest],
                "At what time?": f"{hour:02}:00",
                "On which days?": [WEEKDAYS[int(day) - 1] for day in days],
                "Quiet from": f"{begin:02}:00",
                "Quiet until": f"{end:02}:00",
            }
        )
        chosen = {"digest": digest, "digest_hour": hour, "working_days": days}
        self._did("settings", settings={**chosen, "quiet_from": begin, "quiet_until": end})

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
