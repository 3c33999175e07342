"""The form behind "Pick a day and time" on a nudge."""

from datetime import datetime, timedelta

from slack_sdk.models.blocks import DateTimePickerElement
from slack_sdk.models.views import View

from handlers.views import reading
from handlers.views.elements import ask, plain
from handlers.views.metadata import Carried
from handlers.views.reading import FormErrors

CALLBACK_ID = "later_form"
WHEN = "when"
_FARTHEST = timedelta(days=366)


def later_form(now: datetime, carried: Carried) -> View:
    """Draw the form; it offers this time tomorrow."""
    tomorrow = int((now + timedelta(days=1)).timestamp())
    picker = DateTimePickerElement(action_id="value", initial_date_time=tomorrow)
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        private_metadata=carried.packed(),
        title=plain("Remind me"),
        submit=plain("Save"),
        close=plain("Cancel"),
        blocks=[ask("When?", WHEN, picker, optional=False)],
    )


def read_later_form(view: reading.View, now: datetime) -> datetime:
    """Read the moment, aware UTC; raises FormErrors for one that has passed or is too far off."""
    picked = reading.moment(view, WHEN)
    if picked is None or picked <= now:
        raise FormErrors({WHEN: "Pick a moment that is still to come"})
    if picked > now + _FARTHEST:
        raise FormErrors({WHEN: "Up to a year from now; later than that I might forget myself"})
    return picked
