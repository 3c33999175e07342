"""The interview form: drawn here, read here."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

from slack_sdk.models.blocks import Block, DateTimePickerElement, Option, StaticSelectElement
from slack_sdk.models.views import View

from domain.quick_add import read_person
from domain.vocabulary import Medium
from handlers.views import reading, words
from handlers.views.contact_form import contacts_search
from handlers.views.elements import ask, choice, plain, small, text_box
from handlers.views.metadata import Carried
from handlers.views.reading import FormErrors

CALLBACK_ID = "interview_form"

WITH, NEW_NAME, STARTS_AT, MINUTES = "with", "new_name", "starts_at", "minutes"
MEDIUM, PLACE, GOAL = "medium", "place", "goal"

_LENGTHS = {15: "15 minutes", 20: "20 minutes", 30: "30 minutes", 45: "45 minutes"} | {
    60: "1 hour",
    90: "1 hour 30 minutes",
    120: "2 hours",
}
USUAL_LENGTH = 30
# What a contact's name, title and company may hold.
_LONGEST = 200
# A table of ten: more is an event, and no talk.
MOST_PEOPLE = 10
# A slip of the finger in the year, rather than a talk.
_FARTHEST = timedelta(days=3660)


@dataclass(frozen=True)
class InterviewTyped:
    """What the form holds; `contact_ids` are claims, `starts_at` is aware UTC.

    `new_names` are as typed, one a line; of a known talk both are of those who are there besides.
    """

    contact_ids: tuple[int, ...] = ()
    new_names: str = ""
    starts_at: datetime | None = None
    minutes: int = USUAL_LENGTH
    medium: Medium | None = None
    place: str = ""
    goal: str = ""
    not_understood: str = ""

    @property
    def new_people(self) -> list[str]:
        """Those of the lines in which there is a name."""
        return [line for line in self.new_names.splitlines() if read_person(line).name]


def interview_form(
    typed: InterviewTyped,
    carried: Carried,
    *,
    people: Sequence[Option] = (),
    in_the_first_place: str = "",
) -> View:
    """Draw the form, filled with what is known: `people` are those who are chosen already.

    An existing talk keeps whom it is with `in_the_first_place`; others may come and go.
    """
    known = carried.interview_id is not None
    blocks: list[Block] = []
    if typed.not_understood:
        unclear = words.cut(typed.not_understood, 100)
        like = "I read “tuesday 3pm”, “24 november 15:00”, “in 2 days”."
        blocks.append(small(f"Which time is “{unclear}”? Please pick it below. {like}"))
    if known:
        blocks.append(small(f"With {words.cut(in_the_first_place, 200)}"))
    placeholder = "Name, title at company"
    blocks += [
        ask(
            "Who else?" if known else "With whom?",
            WITH,
            contacts_search(people, most=MOST_PEOPLE - 1 if known else MOST_PEOPLE),
        ),
        ask(
            "Or someone new",
            NEW_NAME,
            text_box(typed.new_names, most=3000, multiline=True, placeholder=placeholder),
            hint="One a line, if there are several",
        ),
    ]
    starts_at = int(typed.starts_at.timestamp()) if typed.starts_at else None
    blocks += [
        ask(
            "When?",
            STARTS_AT,
            DateTimePickerElement(action_id="value", initial_date_time=starts_at),
            optional=False,
            hint="A talk that you had already is welcome, too.",
        ),
        ask("How long?", MINUTES, _lengths(typed.minutes)),
        ask("How?", MEDIUM, choice(words.MEDIA, typed.medium)),
        ask("Where, or which link?", PLACE, text_box(typed.place, most=500)),
        ask("What do I want to learn?", GOAL, text_box(typed.goal, most=300)),
    ]
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        private_metadata=carried.packed(),
        title=plain("Move the talk" if known else "Log a talk"),
        submit=plain("Save"),
        close=plain("Cancel"),
        blocks=blocks,
    )


def read_interview_form(view: reading.View, now: datetime, *, known: bool) -> InterviewTyped:
    """Read the form; raises FormErrors naming every field that cannot be saved as it is.

    `now` is this moment, aware; `known` when the talk exists already, and is with somebody.
    """
    minutes = reading.as_id(reading.chosen(view, MINUTES)) or USUAL_LENGTH
    typed = InterviewTyped(
        contact_ids=tuple(reading.chosen_ids(view, WITH)),
        new_names=reading.text(view, NEW_NAME),
        starts_at=reading.moment(view, STARTS_AT),
        minutes=minutes if minutes in _LENGTHS else USUAL_LENGTH,
        medium=reading.chosen_of(view, MEDIUM, Medium),
        place=reading.text(view, PLACE),
        goal=reading.text(view, GOAL),
    )
    errors = _wrong_people(typed, known=known)
    if typed.starts_at is None:
        errors[STARTS_AT] = "Pick a day and a time; a guess will do, it can be moved"
    elif abs(typed.starts_at - now) > _FARTHEST:
        errors[STARTS_AT] = f"That is the year {typed.starts_at:%Y}; which day did you mean?"
    if errors:
        raise FormErrors(errors)
    return typed


def _wrong_people(typed: InterviewTyped, *, known: bool) -> dict[str, str]:
    new = [astuple(read_person(line)) for line in typed.new_people]
    number = len(typed.contact_ids) + len(new)
    if not known and not number:
        return {NEW_NAME: "Choose somebody above, or write a name here: Ada Brook, CTO at Acme"}
    if any(len(part) > _LONGEST for person in new for part in person):
        return {NEW_NAME: f"Up to {_LONGEST} letters for a name; the rest fits in their note"}
    if number + known > MOST_PEOPLE:
        return {NEW_NAME: f"Up to {MOST_PEOPLE} people in one talk; one name a line"}
    return {}


def _lengths(minutes: int) -> StaticSelectElement:
    options = {m: Option(text=plain(label), value=str(m)) for m, label in _LENGTHS.items()}
    return StaticSelectElement(
        action_id="value",
        options=list(options.values()),
        initial_option=options.get(minutes, options[USUAL_LENGTH]),
    )
