"""The form in which a facilitator sets between which numbers members may choose."""

from slack_sdk.models.blocks import InputBlock
from slack_sdk.models.views import View

from domain.limits import Limit, Limits, is_inside, read_limit, written
from handlers.views import reading
from handlers.views.elements import ask, plain, small, text_box
from handlers.views.metadata import Carried
from handlers.views.numbers_form import NUMBERS, usual
from handlers.views.reading import FormErrors
from handlers.views.screen import Message, one_line

CALLBACK_ID = "limits_form"


def limits_form(now: Limits, widest: Limits, carried: Carried) -> View:
    """Draw the form, filled with the limits that hold now; none may be wider than `widest`."""
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        private_metadata=carried.packed(),
        title=plain("Limits for everybody"),
        submit=plain("Save"),
        close=plain("Cancel"),
        blocks=[
            small(
                "Between which numbers members here may choose, the least and the most. What is"
                " planned for them follows; what they write stays theirs."
            ),
            *(_question(name, now[name], widest[name]) for name in NUMBERS),
        ],
    )


def read_limits_form(view: reading.View, widest: Limits) -> dict[str, Limit]:
    """Read the form; raises FormErrors naming how wide each limit may be that is too wide."""
    typed = {name: read_limit(reading.text(view, name)) for name in NUMBERS}
    errors = {
        name: _no_wider(widest[name])
        for name, limit in typed.items()
        if limit is None or not is_inside(limit, widest[name])
    }
    if errors:
        raise FormErrors(errors)
    return {name: limit for name, limit in typed.items() if limit is not None}


def check_who_sends(*, facilitates: bool) -> None:
    """Raise FormErrors for a form of somebody who is no facilitator, or not any more."""
    if not facilitates:
        raise FormErrors(
            {next(iter(NUMBERS)): "Only facilitators may change these, so nothing was saved"}
        )


def limits_saved(now: Limits) -> Message:
    """The line after the limits were saved."""
    return one_line(["Saved, for everybody here."], *_in_words(now))


def not_yours_to_set(now: Limits) -> Message:
    """What a member is told who asks for the limits and may not set them."""
    return one_line(
        [
            "These limits are for your facilitators to set. Within them the choice is yours, in the"
            " settings."
        ],
        *_in_words(now),
    )


def _in_words(limits: Limits) -> list[list[str]]:
    return [[f"{NUMBERS[name][0]}: {_span(limits[name])}"] for name in NUMBERS]


def _no_wider(widest: Limit) -> str:
    if widest[0] == widest[1]:
        return f"Only {widest[0]}, please: whoever runs Rapport here allows no other"
    return f"The least and the most, like {written(widest)}; no wider, please"


def _span(limit: Limit) -> str:
    least, most = limit
    return f"{least} to {most}" if least < most else str(most)


def _question(name: str, limit: Limit, widest: Limit) -> InputBlock:
    label, counted_in = NUMBERS[name]
    of_what = f" {counted_in}" if counted_in else ""
    hint = f"{written(widest)}{of_what}, at the widest. {usual(name)}"
    box = text_box(written(limit), most=20)
    return ask(label, name, box, optional=False, hint=hint)
