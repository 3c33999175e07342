"""The form behind "Pick a day and time" on a nudge."""

from datetime import datetime, timedelta
from enum import StrEnum

from slack_sdk.models.blocks import DateTimePickerElement
from slack_sdk.models.views import View

from handlers.views import reading
from handlers.views.elements import ask, choice, plain
from handlers.views.metadata import Carried
from handlers.views.nudge_messages import (
    IN_AN_HOUR,
    NEXT_DIGEST,
    NEXT_WEEK,
    THIS_AFTERNOON,
    TOMORROW,
)
from handlers.views.reading import FormErrors

CALLBACK_ID = "later_form"
WHEN, SIMPLY = "when", "simply"


class Simply(StrEnum):
    """What may be chosen in place of a day and a time; the values are those of the menus."""

    HOUR = IN_AN_HOUR
    AFTERNOON = THIS_AFTERNOON
    TOMORROW = TOMORROW
    DIGEST = NEXT_DIGEST
    WEEK = NEXT_WEEK


_SIMPLY = {
    Simply.HOUR: "In an hour",
    Simply.AFTERNOON: "This afternoon",
    Simply.TOMORROW: "Tomorrow",
    Simply.DIGEST: "With the next digest",
    Simply.WEEK: "Next week",
}
_FARTHEST = timedelta(days=366)


def later_form(now: datetime, carried: Carried, *, ahead: bool = False) -> View:
    """Draw the form; it offers this time tomorrow, and of what is not `ahead` the usual ways."""
    tomorrow = int((now + timedelta(days=1)).timestamp())
    picker = DateTimePickerElement(action_id="value", initial_date_time=tomorrow)
    blocks = [ask("When?", WHEN, picker, optional=False)]
    if not ahead:
        blocks.append(ask("Or simply", SIMPLY, choice(_SIMPLY)))
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        private_metadata=carried.packed(),
        title=plain("Remind me"),
        submit=plain("Save"),
        close=plain("Cancel"),
        blocks=blocks,
    )


def read_later_form(view: reading.View, now: datetime) -> datetime | Simply:
    """Read the moment, aware UTC, or what was chosen in its place.

    Raises FormErrors for a moment that has passed or is too far off.
    """
    simply = reading.chosen_of(view, SIMPLY, Simply)
    if simply is not None:
        return simply
    picked = reading.moment(view, WHEN)
    if picked is None or picked <= now:
        raise FormErrors({WHEN: "Pick a moment that is still to come"})
    if picked > now + _FARTHEST:
        raise FormErrors({WHEN: "Up to a year from now; later than that I might forget myself"})
    return picked
