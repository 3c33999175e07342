"""Everything that can be typed after a slash command: what it does, an example, its button."""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.views.words import cut

_LONGEST = 40


@dataclass(frozen=True)
class Example:
    """What examples are made of: the member's own, as far as there is something."""

    name: str = "Ada Brook"
    company: str = "Acme"
    path: str = "Data analyst"


@dataclass(frozen=True)
class Form:
    """One form of a command, and where a button does the same.

    `word` is the sub-command. `rest` is all that follows the command, as an example: {name},
    {first}, {company} and {path} stand for the member's own.
    """

    command: str
    word: str
    rest: str
    what: str
    button: str
    for_facilitators: bool = False

    def after(self, example: Example) -> str:
        """What follows the command in the example."""
        first, *_ = example.name.split() or [example.name]
        return self.rest.format(
            name=cut(example.name, _LONGEST),
            first=cut(first, _LONGEST),
            company=cut(example.company, _LONGEST),
            path=cut(example.path, _LONGEST),
        )


_ADD, _LOG = "“Add contact” in Home", "“Log a talk” in Home and in the shortcuts menu"
_LISTS, _DUE = "“Show some of them” in Home", "“What comes next” in Home"
FORMS = (
    Form("contact", "", "", "add somebody you would like to learn from", _ADD),
    Form("contact", "", "Ada Brook, CTO at {company} #alumni", "the same, filled in", _ADD),
    Form(
        "contact",
        "find",
        "find {name}",
        "find people, slips of the keys forgiven",
        "“Find someone …” in Home",
    ),
    Form("contact", "list", "list", "everybody on your list", "“Open list” in Home"),
    Form("contact", "list", "list asked", "all at one stage", _LISTS),
    Form("contact", "list", "list at {company}", "one company", "“Find someone …” in Home"),
    Form("contact", "list", "list path {path}", "one path", _LISTS),
    Form("contact", "list", "list tag conference", "one of your own tags", _LISTS),
    Form("contact", "list", "list 60 days", "with whom nothing passed for so long", _LISTS),
    Form("contact", "list", "list archived", "whom you have put away", _LISTS),
    Form("contact", "help", "help", "these forms", "“Help” in Home"),
    Form("interview", "", "", "log a talk, planned or past", _LOG),
    Form("interview", "", "{name} tuesday 3pm", "the same, filled in", _LOG),
    Form("interview", "help", "help", "these forms", "“Help” in Home"),
    Form("followups", "", "", "what is due, and what comes next", _DUE),
    Form(
        "followups",
        "pause",
        "pause until friday",
        "silence until then",
        f"“Pause a week” and “Pause until …” under {_DUE}",
    ),
    Form("followups", "resume", "resume", "ends a pause", "“Go on now” in Home"),
    Form("followups", "help", "help", "these forms", "“Help” in Home"),
    Form(
        "rapport",
        "check",
        "check Hi {first}, …",
        "reads a message before it goes out, and says what to put otherwise",
        "“Check a message” in the shortcuts menu",
    ),
    Form("rapport", "guide", "guide ask", "the ten steps, one at a time", "“Guide” in Home"),
    Form("rapport", "settings", "settings", "when I speak, and what about", "“Settings” in Home"),
    Form(
        "rapport",
        "limits",
        "limits",
        "between which numbers members may choose",
        "“Limits for everybody” in the settings",
        for_facilitators=True,
    ),
    Form("rapport", "help", "help", "this page", "“Help” in Home"),
)


def words_of(command: str) -> tuple[str, ...]:
    """The sub-commands of a command, each once."""
    words = (form.word for form in FORMS if form.command == command)
    return tuple(dict.fromkeys(filter(None, words)))


def forms_of(command: str = "", *, facilitates: bool = False) -> Iterator[Form]:
    """The forms of a command, or of all of them with one line for help."""
    for form in FORMS:
        is_wanted = form.command == command if command else _is_on_the_page(form)
        if is_wanted and (facilitates or not form.for_facilitators):
            yield form


def example_of(command: str, word: str, example: Example) -> str:
    """What follows the command in a sub-command's example, with the member's own if it can."""
    forms = [form for form in FORMS if (form.command, form.word) == (command, word)]
    own = [form for form in forms if "{" in form.rest]
    return (own or forms[-1:])[0].after(example) if forms else word


def what_for(command: str, word: str) -> str:
    """What a sub-command does, in a few words."""
    found = (form.what for form in FORMS if (form.command, form.word) == (command, word))
    return next(found, "")


def _is_on_the_page(form: Form) -> bool:
    return form.word != "help" or form.command == "rapport"
