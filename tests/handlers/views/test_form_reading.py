"""Forms that are half filled in, forged or wrong: read without harm, answered where it stands."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk.models.views import View

from domain.limits import USUAL
from domain.numbers import WIDEST, Numbers
from domain.vocabulary import Digest, HowFound, NudgeKind, Phase, ResearchItem
from handlers.views import contact_form as contact
from handlers.views import debrief_form as debrief
from handlers.views import interview_form as interview
from handlers.views import limits_form as limits
from handlers.views import numbers_form as numbers
from handlers.views import outcome_form as outcomes
from handlers.views import prepare_form as prepare
from handlers.views import research_form as research
from handlers.views import settings_form as settings
from handlers.views import touch_form as touch
from handlers.views.half_hour import Picked
from handlers.views.metadata import Carried
from handlers.views.reading import FormErrors
from tests.handlers.views.drawn import Json, filled, sent

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
KNOWN = Carried(interview_id=1)

Reader = Callable[[Json], object]
FORMS: dict[str, tuple[View, Reader]] = {
    "contact": (
        contact.contact_form(
            contact.ContactTyped(how_found=HowFound.INTRODUCED), Carried(), paths=["Analyst"]
        ),
        contact.read_contact_form,
    ),
    "interview": (
        interview.interview_form(interview.InterviewTyped(), Carried()),
        lambda view: interview.read_interview_form(view, NOW, known=False),
    ),
    "moving a talk": (
        interview.interview_form(interview.InterviewTyped(), KNOWN),
        lambda view: interview.read_interview_form(view, NOW, known=True),
    ),
    "first page": (
        debrief.first_page("Ada", debrief.FirstPageTyped(), KNOWN),
        debrief.read_first_page,
    ),
    "second page": (
        debrief.second_page("Ada", debrief.SecondPageTyped(), KNOWN),
        debrief.read_second_page,
    ),
    "preparation": (
        prepare.prepare_form(
            prepare.TalkAhead(1, "Ada", "CTO at Acme", NOW, 30),
            {Phase.THE_WORK: [prepare.Offered("bad_week", "What does a bad week look like?")]},
            prepare.Prepared(known={3: "Mostly meetings"}),
            KNOWN,
        ),
        prepare.read_prepare_form,
    ),
    "check-list": (
        research.research_form("Ada", {ResearchItem.WORK: ""}, Carried(contact_id=1)),
        research.read_research_form,
    ),
    "what became of it": (
        outcomes.outcome_form(
            "Ada", [outcomes.Belief(3, "Mostly meetings")], [Picked(4, "bad_week")], [], KNOWN
        ),
        outcomes.read_outcome_form,
    ),
    "touch": (
        touch.touch_form("Ada", NOW, Carried()),
        lambda view: touch.read_touch_form(view, NOW, NOW.date()),
    ),
    "settings": (
        settings.settings_form(
            settings.HoursTyped(Digest.DAILY, 9, "12345", 5, 20, 8, "Europe/London", "GB"),
            Carried(),
        ),
        settings.read_settings_form,
    ),
    "numbers": (
        numbers.numbers_form(Numbers(), frozenset({NudgeKind.RESTS}), USUAL, Carried()),
        lambda view: numbers.read_numbers_form(view, USUAL),
    ),
    "limits": (
        limits.limits_form(USUAL, WIDEST, Carried()),
        lambda view: limits.read_limits_form(view, WIDEST),
    ),
}


def outcome(read: Reader, form: Json) -> object:
    """What a form is read as: its values, or what is said under its fields."""
    try:
        return read(form)
    except FormErrors as wrong:
        return wrong.errors


def emptied(form: Json, leaf: Callable[[Json], Any]) -> Json:
    """The form with every leaf put in another way."""
    values = {
        block_id: {action_id: leaf(before) for action_id, before in inner.items()}
        for block_id, inner in form["state"]["values"].items()
    }
    return {**form, "state": {"values": values}}


@pytest.mark.parametrize(("view", "read"), FORMS.values(), ids=FORMS)
def test_missing_null_and_empty_read_alike(view: View, read: Reader) -> None:
    """Slack says "nothing" in three ways; and an old form may lack a question altogether."""
    form = sent(view)
    nothing = outcome(read, {**form, "state": {"values": {}}})
    ways: list[Callable[[Json], Any]] = [
        lambda leaf: dict.fromkeys(leaf),
        lambda leaf: {key: [] for key in leaf},
        lambda leaf: dict.fromkeys(leaf, ""),
        lambda leaf: {"type": leaf["type"]},
        lambda leaf: {},
        lambda leaf: None,
    ]
    for way in ways:
        assert outcome(read, emptied(form, way)) == nothing
    no_questions = dict.fromkeys(form["state"]["values"])
    for state in (None, {}, {"values": None}, {"values": no_questions}):
        assert outcome(read, {**form, "state": state}) == nothing
    assert outcome(read, {key: form[key] for key in form if key != "state"}) == nothing


@pytest.mark.parametrize(("view", "read"), FORMS.values(), ids=FORMS)
def test_options_that_the_form_does_not_have_read_as_nothing(view: View, read: Reader) -> None:
    """A forged or outdated option never reaches the memory."""
    form = sent(view)
    selects = [
        block["block_id"]
        for block in form["blocks"]
        if block.get("element", {}).get("type") in ("static_select", "external_select")
        and block["block_id"] != contact.PATH
    ]
    forged = outcome(read, filled(form, **dict.fromkeys(selects, "'; DROP TABLE contacts; --")))
    assert forged == outcome(read, filled(form, **dict.fromkeys(selects)))


@pytest.mark.parametrize(
    ("form_name", "given_values", "field", "says"),
    [
        ("contact", {"name": "  "}, contact.NAME, "Ada"),
        ("contact", {"email": "ada@"}, contact.EMAIL, "ada@example.org"),
        ("contact", {"email": "ada @example.org"}, contact.EMAIL, "ada@example.org"),
        ("contact", {"email": "a" * 250 + "@x.org"}, contact.EMAIL, "ada@example.org"),
        ("contact", {"profile": "javascript:alert(1)"}, contact.PROFILE, "https://"),
        ("contact", {"profile": "https://a b"}, contact.PROFILE, "no spaces"),
        ("contact", {"profile": "https://" + "x" * 3000}, contact.PROFILE, "3,000"),
        ("interview", {}, interview.NEW_NAME, "Ada Brook, CTO at Acme"),
        ("interview", {"new_name": " , - "}, interview.NEW_NAME, "Ada Brook, CTO at Acme"),
        ("interview", {"new_name": "Ada\n" * 11}, interview.NEW_NAME, "Up to 10 people"),
        ("interview", {"starts_at": None}, interview.STARTS_AT, "a guess will do"),
        ("interview", {"starts_at": 9_999_999_999}, interview.STARTS_AT, "2286"),
        ("moving a talk", {"starts_at": None}, interview.STARTS_AT, "a guess will do"),
        ("first page", {"takeaway": "\n"}, debrief.TAKEAWAY, "One line is enough"),
        (
            "second page",
            {"referrals": "\n".join("abcdefghijklmnopqrstu")},
            debrief.REFERRALS,
            "20 people",
        ),
        ("second page", {"referrals": "x" * 201}, debrief.REFERRALS, "200 letters"),
        (
            "second page",
            {"skills": ",".join("abcdefghijklmnopqrstu")},
            debrief.SKILLS,
            "SQL, Figma",
        ),
        ("second page", {"skills": "x" * 61}, debrief.SKILLS, "SQL, Figma"),
        ("second page", {"promise_due": "2026-12-01"}, debrief.PROMISE, "clear the date"),
        ("settings", {"working_days": []}, settings.WORKING_DAYS, "at least one day"),
        ("settings", {"zone": "Mars/Olympus"}, settings.ZONE, "Berlin"),
        ("settings", {"country": "??"}, settings.COUNTRY, "“None”"),
        ("settings", {"digest_hour": "24"}, settings.DIGEST_HOUR, "from the list"),
        ("settings", {"review_day": "0"}, settings.REVIEW_DAY, "from the list"),
        ("numbers", {"follow_ups": "2"}, "follow_ups", "0 to 1"),
        ("numbers", {"follow_ups": "0.5"}, "follow_ups", "0 to 1"),
        ("numbers", {"in_touch_days": "-1"}, "in_touch_days", "0 to 180"),
        ("numbers", {"in_touch_days": "9" * 4000}, "in_touch_days", "0 switches it off"),
        ("numbers", {"unprepared_days": ""}, "unprepared_days", "3 is usual"),
        ("limits", {"follow_ups": "0-4"}, "follow_ups", "0-3"),
        ("limits", {"follow_ups": "2-1"}, "follow_ups", "like 0-3"),
        ("limits", {"in_touch_days": "none"}, "in_touch_days", "0-180"),
        ("preparation", {}, prepare.QUESTIONS, "Three more, please"),
        ("preparation", {"own_questions": "One?\nTwo?"}, prepare.QUESTIONS, "One more, please"),
        (
            "preparation",
            {"own_questions": "\n".join("abcdefghijk")},
            prepare.QUESTIONS,
            "10 at most",
        ),
        ("preparation", {"own_questions": "x" * 251}, prepare.OWN, "250 letters"),
        ("preparation", {"own_questions": "What do you do?"}, prepare.OWN, "last week"),
        ("preparation", {"own_questions": "Are you hiring?"}, prepare.OWN, "asks for a job"),
        ("touch", {}, touch.KIND, "Just a note"),
        (
            "touch",
            {"kind": "not_now", "not_now_until": "2026-11-20"},
            touch.NOT_NOW_UNTIL,
            "still to come",
        ),
        (
            "touch",
            {"kind": "not_now", "not_now_until": "2999-01-01"},
            touch.NOT_NOW_UNTIL,
            "two years",
        ),
        (
            "touch",
            {"kind": "asked", "not_now_until": "2026-12-20"},
            touch.NOT_NOW_UNTIL,
            "clear the date",
        ),
        ("touch", {"at": None}, touch.AT, "a guess will do"),
        ("touch", {"at": int(NOW.timestamp()) + 60}, touch.AT, "Log a talk"),
    ],
)
def test_what_cannot_be_saved_is_said_under_its_field_with_what_would_be_right(
    form_name: str, given_values: dict[str, Any], field: str, says: str
) -> None:
    """Slack shows an error only under an input of the form that was sent."""
    view, read = FORMS[form_name]
    form = filled(sent(view), **given_values)
    with pytest.raises(FormErrors) as wrong:
        read(form)
    assert says in wrong.value.errors[field]
    inputs = {block["block_id"] for block in form["blocks"] if block["type"] == "input"}
    assert set(wrong.value.errors) <= inputs


def test_all_that_is_wrong_is_said_at_once() -> None:
    """Nobody is sent back twice."""
    form = sent(contact.contact_form(contact.ContactTyped(email="x", profile_url="y"), Carried()))
    with pytest.raises(FormErrors) as wrong:
        contact.read_contact_form(form)
    assert set(wrong.value.errors) == {contact.NAME, contact.EMAIL, contact.PROFILE}
