"""What "later" means: by the member's own hours, and whether it comes on its own."""

from datetime import datetime, timedelta

from domain.hours import Rhythm
from domain.vocabulary import Digest
from handlers.desk import Desk
from handlers.views import nudge_messages as messages
from storage import members

_AFTERNOON = 15


async def later_means(desk: Desk, what: str) -> tuple[datetime, bool]:
    """Give the moment that a member chose from a menu, and whether the nudge comes then alone."""
    async with desk.reading() as session:
        rhythm = (await members.current(session)).rhythm()
    return _moment(what, rhythm, desk.now)


def _moment(what: str, rhythm: Rhythm, now: datetime) -> tuple[datetime, bool]:
    # Whoever wants no digest, and asks for later all the same, is told then.
    has_no_digest = rhythm.digest == Digest.NONE
    if what == messages.NEXT_DIGEST:
        return rhythm.next_digest(now), has_no_digest
    if what == messages.NEXT_WEEK:
        return rhythm.next_digest(now + timedelta(days=6)), has_no_digest
    if what == messages.TOMORROW:
        # Whoever says so means the day, also one on which no digest would come.
        day = rhythm.local(now).date() + timedelta(days=1)
        return rhythm.digest_on(day), has_no_digest or not rhythm.has_digest(day)
    moment = now + timedelta(hours=1)
    if what == messages.THIS_AFTERNOON:
        moment = max(rhythm.at(rhythm.local(now).date(), _AFTERNOON), moment)
    if rhythm.out_of_quiet_hours(moment) > moment:
        # An hour later may be at night: nobody meant the next morning on the stroke of eight.
        return rhythm.next_digest(now), has_no_digest
    return moment, True
