"""The first minutes: three questions, then many names at once, shown before they are saved."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, Option, PlainTextInputElement, StaticSelectElement
from slack_sdk.models.views import View

from domain.name_lines import NamedPerson, NamesRead, read_names
from domain.numbers import LEAST_NAMES, MOST_NAMES
from handlers.views import reading
from handlers.views.contact_cards import SHOW_LIST
from handlers.views.contact_form import NEW_PATH, chosen_path, path_questions
from handlers.views.elements import ask, button, plain, row, small, text_box
from handlers.views.metadata import Carried
from handlers.views.reading import FormErrors
from handlers.views.screen import Message, message
from handlers.views.words import Bold, Line, Quiet, counted, cut, fallback, rich

WRITE_NAMES = "names_write"
START_FORM, NAMES_FORM, PREVIEW_FORM = "start_form", "names_form", "names_preview"
FIRST_PATH, STARTING_NAMES, DIGEST_HOUR = "first_path", "starting_names", "digest_hour"
# Boxes have other ids on each page: Slack keeps what was typed in a box whose id stays.
NAMES, CORRECTED = "names", "names_corrected"

_NUMBERS = (10, 15, 25, 40, 60)
# Slack's box holds so many characters: some fifty people.
_LONGEST = 3000
_EXAMPLE = "Ada Brook, CTO at Acme, my cousin"
_MOST_SHOWN, _MOST_UNREAD = 60, 5


@dataclass(frozen=True)
class StartTyped:
    """The three questions: a path (empty for none yet), names to start with, a local hour."""

    path: str
    starting_names: int
    digest_hour: int


@dataclass(frozen=True)
class NamesTyped:
    """What the page with the box holds, as typed."""

    text: str
    path: str


def start_form(typed: StartTyped, carried: Carried) -> View:
    """Draw the three questions, filled with what is usual; none has to be answered."""
    hours = [Option(text=plain(f"{hour:02}:00"), value=str(hour)) for hour in range(24)]
    numbers = [Option(text=plain(f"{n} names"), value=str(n)) for n in _offered(typed)]
    return View(
        type="modal",
        callback_id=START_FORM,
        private_metadata=carried.packed(),
        title=plain("Three questions"),
        submit=plain("Next"),
        close=plain("Not now"),
        blocks=[
            ask(
                "Which kind of job are you curious about?",
                FIRST_PATH,
                text_box(typed.path, most=100, placeholder="Product analyst"),
                hint="I call it a path. You can have several, and change them at any time.",
            ),
            ask(
                "How many names do you want to start with?",
                STARTING_NAMES,
                _one_of(numbers, typed.starting_names),
                optional=False,
                hint="Twenty-five get most people past “I don't know anyone”.",
            ),
            ask(
                "When may I write to you, once a day at most?",
                DIGEST_HOUR,
                _one_of(hours, typed.digest_hour),
                optional=False,
                hint="Only on days on which there is something to do.",
            ),
        ],
    )


def read_start_form(view: reading.View) -> StartTyped:
    """Read the three answers; raises FormErrors."""
    number, hour = reading.chosen_id(view, STARTING_NAMES), reading.chosen_id(view, DIGEST_HOUR)
    errors = {}
    if number is None or not LEAST_NAMES <= number <= MOST_NAMES:
        errors[STARTING_NAMES] = f"A number from {LEAST_NAMES} to {MOST_NAMES}; 25 is usual"
    if hour is None or hour > 23:
        errors[DIGEST_HOUR] = "An hour of the day; 09:00 is usual"
    if number is None or hour is None or errors:
        raise FormErrors(errors)
    return StartTyped(path=reading.text(view, FIRST_PATH), starting_names=number, digest_hour=hour)


def names_form(
    typed: NamesTyped, carried: Carried, *, paths: Sequence[str], saved: int = 0
) -> View:
    """Draw the box; after `saved` people were saved, what could not be read stays in it."""
    heading = "Two minutes, no research: whoever comes to mind. One person a line."
    if saved:
        people = counted(saved, "person is", "people are")
        heading = f"{people} on your list. In these lines I found no name; it comes first."
    return _page(
        NAMES_FORM,
        "Names to start from",
        "Preview",
        [small(heading), *_box(NAMES, "Who could you learn from?", typed, paths)],
        carried,
    )


def preview_form(
    typed: NamesTyped,
    read: NamesRead,
    known: Collection[NamedPerson],
    carried: Carried,
    *,
    paths: Sequence[str],
    like: Mapping[NamedPerson, str] | None = None,
) -> View:
    """Draw whom I read, above the box in which it can be corrected.

    `like` names for some of them somebody on the list who may be the same person.
    """
    may_be = like or {}
    new = [person for person in read.people if person not in known]
    blocks: list[Block] = [small(f"{counted(len(new), 'new name', 'new names')}. Right so far?")]
    if read.people:
        lines = [
            person_line(person, is_known=person in known, like=may_be.get(person, ""))
            for person in read.people
        ]
        blocks.append(rich(*lines[:_MOST_SHOWN]))
    if len(read.people) > _MOST_SHOWN:
        blocks.append(small(f"… and {len(read.people) - _MOST_SHOWN} more, read in the same way."))
    if read.unread:
        lost = counted(len(read.unread), "line", "lines")
        blocks.append(small(f"In {lost} I found no name. What I cannot read stays in the box:"))
        blocks.append(rich(*([Quiet(cut(line, 80))] for line in read.unread[:_MOST_UNREAD])))
    if may_be:
        blocks.append(small("Is anybody here the same as whom you have? Take the line out below."))
    blocks += _box(CORRECTED, "Correct it here", typed, paths)
    return _page(PREVIEW_FORM, "Is this right?", "Save", blocks, carried)


def read_names_form(view: reading.View) -> tuple[NamesTyped, NamesRead]:
    """Read the box and the path, and whom the box names; raises FormErrors where that is nobody."""
    block_id = CORRECTED if view["callback_id"] == PREVIEW_FORM else NAMES
    typed = reading.text(view, block_id)
    read = read_names(typed)
    if not read.people:
        raise FormErrors({block_id: "I found no name. It comes first, like: Ada Brook at Acme"})
    return NamesTyped(typed, reading.text(view, NEW_PATH) or chosen_path(view)), read


def person_line(person: NamedPerson, *, is_known: bool = False, like: str = "") -> Line:
    """Who was read from a line: NAME · TITLE at COMPANY · how they are known; who is like them."""
    work = " at ".join(part for part in (person.title, person.company) if part)
    details = (work, person.how, person.email, person.profile_url, person.tags)
    there: Line = [" — ", Quiet("on your list already")] if is_known else []
    if like:
        there = [" — ", Quiet(f"like {cut(like, 100)}, whom you have")]
    return [Bold(person.name), *(f" · {detail}" for detail in details if detail), *there]


def names_saved(saved: int, known: int, *, total: int, wanted: int) -> Message:
    """The private line after the names were saved."""
    line: Line = [f"{counted(saved, 'person is', 'people are')} on your list now."]
    if known:
        line = [*line, f" {counted(known, 'was', 'were')} there already."]
    if total < wanted:
        line = [*line, f" {total} of {wanted} names to start from: a good list already."]
    else:
        line = [*line, f" That makes {total}: enough to ask the first one."]
    return message(fallback(line), rich(line), row(button("Open list", SHOW_LIST)))


def _page(
    callback_id: str, title: str, submit: str, blocks: Sequence[Block], carried: Carried
) -> View:
    return View(
        type="modal",
        callback_id=callback_id,
        private_metadata=carried.packed(),
        title=plain(title),
        submit=plain(submit),
        close=plain("Cancel"),
        blocks=list(blocks),
    )


def _box(block_id: str, label: str, typed: NamesTyped, paths: Sequence[str]) -> list[Block]:
    box = PlainTextInputElement(
        action_id="value",
        initial_value=typed.text[:_LONGEST] or None,
        multiline=True,
        max_length=_LONGEST,
        placeholder=plain(_EXAMPLE),
        focus_on_load=True,
    )
    hint = "NAME, TITLE at COMPANY, how I know them. Only the name is needed."
    names = ask(label, block_id, box, optional=False, hint=hint)
    return [names, *path_questions(typed.path, paths)]


def _offered(typed: StartTyped) -> list[int]:
    return sorted({*_NUMBERS, typed.starting_names})


def _one_of(options: Sequence[Option], chosen: int) -> StaticSelectElement:
    initial = next(option for option in options if option.value == str(chosen))
    return StaticSelectElement(action_id="value", options=list(options), initial_option=initial)
