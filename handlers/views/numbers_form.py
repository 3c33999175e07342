"""The second page of the settings: how long the bot waits, and what it speaks of."""

from dataclasses import fields

from slack_sdk.models.blocks import Block, CheckboxesElement, InputBlock, NumberInputElement, Option
from slack_sdk.models.views import View

from domain.limits import Limits, allows
from domain.numbers import Numbers
from domain.vocabulary import NudgeKind
from handlers.views import reading
from handlers.views.elements import ask, plain, small
from handlers.views.metadata import Carried
from handlers.views.reading import FormErrors

CALLBACK_ID = "numbers_form"

# What each number is called, and in what it is counted, by the road of a contact.
NUMBERS = {
    "other_person_business_days": ("No answer: suggest someone else there after", "working days"),
    "follow_up_business_days": ("No answer: suggest a follow-up after", "working days"),
    "follow_ups": ("Follow-ups to silence, at most", ""),
    "unprepared_days": ("Nothing prepared: tell me before a talk", "days"),
    "talk_soon_minutes": ("A talk is near: a word before it", "minutes"),
    "debrief_minutes": ("A talk is over: ask how it went after", "minutes"),
    "thank_you_hours": ("No thank-you: remind me within", "hours"),
    "thank_you_again_hours": ("No thank-you: once more after", "hours"),
    "their_promise_days": ("They promised something: remind me after", "days"),
    "in_touch_days": ("Nothing said for long: remind me after", "days"),
    "digest_items": ("Reminders in one message, at most", ""),
    "ask_after_digests": ("No word from me: ask whether to go on after", "digests"),
}
_MORE = {
    "follow_ups": " More would be pestering.",
    "in_touch_days": " 0 switches it off.",
}
# The kinds by the errand that they belong to; whether to go on is the bot's own question.
_KINDS = {
    "Around a talk": {
        NudgeKind.UNPREPARED: "Nothing prepared, and the talk is near",
        NudgeKind.BRIEF: "A brief the day before",
        NudgeKind.TALK_SOON: "Shortly before",
        NudgeKind.DID_IT_TAKE_PLACE: "How did it go? Soon after",
        NudgeKind.ASK_AGAIN_HOW_IT_WENT: "How did it go? Once more",
        NudgeKind.DEBRIEF_MISSING: "No notes yet",
    },
    "Thanks and promises": {
        NudgeKind.THANK_YOU: "A thank-you",
        NudgeKind.THANK_YOU_AGAIN: "A thank-you, once more",
        NudgeKind.MY_PROMISE: "What I promised, on its day",
        NudgeKind.THEIR_PROMISE: "What they promised",
        NudgeKind.PROGRESS_UPDATE: "Tell them that I kept my word",
        NudgeKind.TELL_INTRODUCER: "Tell who introduced us how it went",
    },
    "Waiting, and staying in touch": {
        NudgeKind.OTHER_PERSON: "No answer: someone else there",
        NudgeKind.FOLLOW_UP: "No answer: a polite follow-up",
        NudgeKind.RESTS: "No answer: it rests now",
        NudgeKind.NOT_NOW_IS_OVER: "“Not now” is over",
        NudgeKind.KEEP_IN_TOUCH: "Nothing said for long",
        NudgeKind.WEEKLY_REVIEW: "Review of the week",
    },
}


def numbers_form(
    numbers: Numbers, kinds_off: frozenset[NudgeKind], limits: Limits, carried: Carried
) -> View:
    """Draw the page, filled with how things stand; a tick means that the kind is wanted."""
    blocks: list[Block] = [
        small("How long I wait, and what I speak of. “Save” keeps this page; the other one waits."),
        *(_number_question(name, getattr(numbers, name), limits) for name in NUMBERS),
        small("What is not ticked I never write about. In the Home tab it does not show either."),
        *(_kinds_question(label, kinds_off) for label in _KINDS),
    ]
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        private_metadata=carried.packed(),
        title=plain("Numbers and kinds"),
        submit=plain("Save"),
        close=plain("Back"),
        blocks=blocks,
    )


def read_numbers_form(view: reading.View, limits: Limits) -> tuple[Numbers, frozenset[NudgeKind]]:
    """Read the page: the numbers, and the kinds not wanted.

    Raises FormErrors that name the limits of every number outside them.
    """
    typed = {name: reading.as_id(reading.text(view, name)) for name in NUMBERS}
    errors = {
        name: f"{_wanted(name, limits)}, please. {usual(name)}"
        for name, number in typed.items()
        if number is None or not allows(limits, name, number)
    }
    if errors:
        raise FormErrors(errors)
    wanted = {kind for label in _KINDS for kind in reading.all_ticked(view, label)}
    offered = {kind for kinds in _KINDS.values() for kind in kinds}
    numbers = Numbers(**{name: number for name, number in typed.items() if number is not None})
    return numbers, frozenset(kind for kind in offered if kind not in wanted)


def _number_question(name: str, number: int, limits: Limits) -> InputBlock:
    label, counted_in = NUMBERS[name]
    least, most = limits[name]
    # Slack's own refusal of a number outside limits would not say what is usual: ours does.
    box = NumberInputElement(action_id="value", is_decimal_allowed=False, initial_value=str(number))
    of_what = f" {counted_in}" if counted_in else ""
    span = f"{least} to {most}" if least < most else f"Only {most}"
    hint = f"{span}{of_what}. {usual(name)}"
    return ask(label, name, box, optional=False, hint=hint)


def _wanted(name: str, limits: Limits) -> str:
    least, most = limits[name]
    return f"A whole number from {least} to {most}" if least < most else f"Only {most} here"


def usual(name: str) -> str:
    """Say what is usual for a number, and what more there is to know about it."""
    defaults = {field.name: field.default for field in fields(Numbers)}
    return f"{defaults[name]} is usual.{_MORE.get(name, '')}"


def _kinds_question(label: str, kinds_off: frozenset[NudgeKind]) -> InputBlock:
    options = [Option(text=plain(said), value=kind) for kind, said in _KINDS[label].items()]
    boxes = CheckboxesElement(
        action_id="value",
        options=options,
        initial_options=[option for option in options if option.value not in kinds_off] or None,
    )
    return ask(label, label, boxes)
