"""The guide: the ten steps, each with what it is, why, what to do here, and a button for it."""

from dataclasses import dataclass

from slack_sdk.models.blocks import ButtonElement, Option, StaticSelectElement

from domain.numbers import LEAST_TALKS, STARTING_NAMES, Numbers
from domain.steps import Step
from handlers.views.contact_cards import SHOW_LIST
from handlers.views.elements import button, paragraph, plain, row
from handlers.views.home import DEBRIEF, LOG_TALK, SHOW_ALL
from handlers.views.names_form import WRITE_NAMES
from handlers.views.prepare_form import PREPARE
from handlers.views.screen import PRIMARY, Message, message
from handlers.views.words import Bold, Line, cut, fallback, rich

GUIDE_STEP, GUIDE_CHOSEN = "guide_step", "guide_step_chosen"

_USUAL = Numbers()


@dataclass(frozen=True)
class Lesson:
    """One step in words; `label` and `action_id` are its button's, `value` what that is about."""

    name: str
    what: str
    why: str
    here: str
    label: str
    action_id: str
    value: str = ""


@dataclass(frozen=True)
class Standing:
    """What is at hand: the next talk, and the latest one without notes, by their ids."""

    next_talk: int | None = None
    to_debrief: int | None = None


LESSONS = {
    Step.IDENTIFY: Lesson(
        "Identify",
        "Write down who does the work that you are curious about. Best is whoever would be your "
        "boss, then peers in the role; recruiters come last.",
        f"{STARTING_NAMES} names get most people past “I don't know anyone”.",
        "One person a line. I read name, title and company, and notice who is there already.",
        "Write down names",
        WRITE_NAMES,
    ),
    Step.RESEARCH: Lesson(
        "Research",
        "Ten minutes on somebody before you write: what they do, what they have said or written, "
        "their company, what you have in common.",
        "Who has looked asks better questions, and does not spend the talk on what is known.",
        "On each contact, *Look them up* in the menu is a short check-list. What you find comes "
        "back on the day before your talk.",
        "Choose whom to look up",
        SHOW_LIST,
        "to ask",
    ),
    Step.ASK: Lesson(
        "Ask",
        "Ask for 20 to 30 minutes, to learn, never for a job. Common ground first, then why them, "
        "then two or three times. Under 100 words.",
        "A short ask with an end in sight is easy to say yes to.",
        "*Draft it*, on each contact, writes a first version and checks it. You fill the blanks, "
        "send it yourself, and press *It went out*.",
        "Choose whom to ask",
        SHOW_LIST,
        "to ask",
    ),
    Step.WAIT: Lesson(
        "Wait, politely",
        f"No answer after {_USUAL.other_person_business_days} working days: ask somebody else "
        f"there. After {_USUAL.follow_up_business_days}: one follow-up. Then let it rest.",
        "People are busy, not unkind. More than one reminder is pestering.",
        "I count the days and tell you when. An answer ends it all: note it with *Write a touch*.",
        "What comes next",
        SHOW_ALL,
    ),
    Step.PREPARE: Lesson(
        "Prepare",
        "Pick three questions or more, none of the “what do you do?” kind, and write down what "
        "you believe about the job. Close with: who else should I talk to?",
        "What you believed beforehand is what the talk can confirm or dispel.",
        "*Prepare* offers questions that fit whom you meet, keeps your own, and shows how the half "
        "hour could go.",
        "Plan a talk",
        LOG_TALK,
    ),
    Step.TALK: Lesson(
        "Talk",
        "Half an hour in which they do most of the talking. Keep to the time. If an opportunity "
        "comes up, let it be they who raise it.",
        "Every talk is a win: “this is not for me” is an answer, too.",
        "Log when and where. I bring a calendar file, remind you shortly before, and ask "
        "afterwards how it went. If it moves or is called off, say so there.",
        "Log a talk",
        LOG_TALK,
    ),
    Step.DEBRIEF: Lesson(
        "Debrief",
        "While it's fresh: the one thing you learned, whether you could picture yourself there, "
        "who else to talk to, what each of you promised.",
        f"Next week the details are gone. From {LEAST_TALKS} talks on one path they make a "
        "pattern; before that, an opinion.",
        "Two short pages, and half an answer is kept. Names that you write down become contacts.",
        "Log a talk I had",
        LOG_TALK,
    ),
    Step.THANK: Lesson(
        "Thank",
        "Three to five sentences within a day of the talk, with one thing that they said.",
        "It is how they know that the half hour was worth it.",
        "*Draft it* begins with what you learned. I remind you within the day and once more after "
        "two, then no more.",
        "Choose whom to thank",
        SHOW_LIST,
        "talked",
    ),
    Step.FOLLOW_UP: Lesson(
        "Follow up",
        "Keep what you promised, on its day. Tell whoever introduced you how the talk went. When "
        "you have followed advice, two lines to who gave it.",
        "People help again when they hear what came of it.",
        "I come back to each promise, yours on its day, theirs after "
        f"{_USUAL.their_promise_days} days with a gentle reminder.",
        "What comes next",
        SHOW_ALL,
    ),
    Step.KEEP_IN_TOUCH: Lesson(
        "Keep in touch",
        f"A few lines every {_USUAL.in_touch_days} days or so, without asking for anything.",
        "Doors stay open a long time, if somebody knocks now and then.",
        "I tell you when it has been a while, with what you learned from them. How often is in "
        "your settings.",
        "Who has been silent",
        SHOW_LIST,
        "60 days",
    ),
}


def guide_step(step: Step, standing: Standing | None = None) -> Message:
    """One step of the guide, with the button that does it and the way to the next one."""
    lesson = LESSONS[step]
    heading: Line = [Bold(f"Step {step} of {len(Step)} · {lesson.name}")]
    parts = (f"*What*  {lesson.what}", f"*Why*  {lesson.why}", f"*Here*  {lesson.here}")
    text = "\n".join((fallback(heading), *(part.replace("*", "") for part in parts)))
    buttons = [_button(step, standing or Standing()), *_onward(step)]
    return message(text, rich(heading), *map(paragraph, parts), row(*buttons, _steps()))


def guide_overview(unknown: str = "") -> Message:
    """All ten steps, a line each; `unknown` is what was typed and is no step."""
    heading: Line = [Bold("The ten steps"), " of a talk from which you learn"]
    if unknown:
        heading = [f"“{cut(unknown, 60)}” is no step that I know. These are:"]
    lines: list[Line] = [
        [f"{step}. ", Bold(lesson.name), f" — {_first_sentence(lesson.what)}"]
        for step, lesson in LESSONS.items()
    ]
    text = "\n".join(fallback(line) for line in (heading, *lines))
    first = button("Begin with the first", GUIDE_STEP, 1, style=PRIMARY)
    return message(text, rich(heading), rich(*lines), row(first, _steps()))


def _button(step: Step, standing: Standing) -> ButtonElement:
    """The one button that does the step, about the talk at hand where there is one."""
    lesson = LESSONS[step]
    if step == Step.PREPARE and standing.next_talk is not None:
        return button("Prepare", PREPARE, standing.next_talk, style=PRIMARY)
    if step == Step.DEBRIEF and standing.to_debrief is not None:
        return button("Tell me about it", DEBRIEF, standing.to_debrief, style=PRIMARY)
    return button(lesson.label, lesson.action_id, lesson.value, style=PRIMARY)


def _onward(step: Step) -> list[ButtonElement]:
    if step == len(Step):
        return []
    following = Step(step + 1)
    return [button(f"Next: {LESSONS[following].name}", GUIDE_STEP, int(following))]


def _steps() -> StaticSelectElement:
    options = [
        Option(text=plain(f"{step}. {lesson.name}"), value=str(int(step)))
        for step, lesson in LESSONS.items()
    ]
    return StaticSelectElement(
        action_id=GUIDE_CHOSEN, placeholder=plain("Another step"), options=options
    )


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].rstrip(".") + "."
