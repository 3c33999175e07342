"""What a form is drawn with is what is read back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.debrief import MOST_NAMES, MOST_SKILLS
from domain.vocabulary import HowFound, Medium, Opportunity, Picture, TouchKind, Vantage
from handlers.views import contact_form as contact
from handlers.views import debrief_form as debrief
from handlers.views import interview_form as interview
from handlers.views import merge_form as merge
from handlers.views import touch_form as touch
from handlers.views.metadata import Carried
from handlers.views.reading import FormErrors
from tests.handlers.views.drawn import filled, sent

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
KNOWN = Carried(interview_id=1)


def text(most: int) -> st.SearchStrategy[str]:
    """What a box of that length may hold; white space at the ends is not kept."""
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=most).map(str.strip)


def pieces(most: int, longest: int) -> st.SearchStrategy[tuple[str, ...]]:
    """A list as it is kept: words without what comes between them, each one once."""
    word = st.text("abcåßдע🙂&<>*'\"+#-", min_size=1, max_size=longest - 1).map(lambda w: "a" + w)
    return st.lists(word, max_size=most, unique_by=str.casefold).map(tuple)


CONTACTS = st.builds(
    contact.ContactTyped,
    name=text(200).filter(bool),
    company=text(200),
    title=text(200),
    path=text(100),
    vantage=st.none() | st.sampled_from(Vantage),
    how_found=st.none() | st.sampled_from(HowFound),
    introduced_by_id=st.none(),
    email=st.sampled_from(["", "ada@example.org", "a.b+c@x.co.uk"]),
    profile_url=st.sampled_from(["", "https://example.org/ada?x=1&y=2#z", "HTTP://X"]),
    note=text(3000),
)
INTERVIEWS = st.builds(
    interview.InterviewTyped,
    new_names=text(150).map(lambda typed: "Ada " + typed).map(str.strip),
    starts_at=st.integers(-5_000_000, 5_000_000).map(lambda m: NOW + timedelta(minutes=m)),
    minutes=st.sampled_from([15, 20, 30, 45, 60, 90, 120]),
    medium=st.none() | st.sampled_from(Medium),
    place=text(500),
    goal=text(300),
)
FIRST_PAGES = st.builds(
    debrief.FirstPageTyped,
    takeaway=text(3000).filter(bool),
    picture=st.none() | st.sampled_from(Picture),
    likes=text(1000),
    dislikes=text(1000),
)
SECOND_PAGES = st.builds(
    debrief.SecondPageTyped,
    field=st.none() | st.builds(debrief.FieldTyped, text(1000), text(1000), text(1000)),
    referrals=pieces(MOST_NAMES, 140),
    promise=text(500).filter(bool),
    promise_due=st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    their_promise=text(500),
    skills=pieces(MOST_SKILLS, 60),
    opportunity=st.none() | st.sampled_from(Opportunity),
    thanked=st.booleans(),
)


@given(CONTACTS, st.lists(text(100).filter(bool), max_size=3))
def test_a_contact_reads_back_as_it_was_drawn(
    typed: contact.ContactTyped, paths: list[str]
) -> None:
    """With paths to choose from and without, the contact's own path among them or not."""
    for offered in ([], paths, [*paths, typed.path or "Analyst"]):
        form = sent(contact.contact_form(typed, Carried(), paths=offered))
        assert contact.read_contact_form(form) == typed


def test_who_introduced_them_reads_back() -> None:
    """The question shows only for an introduction, and only then counts."""
    introduced = contact.ContactTyped(name="Ada", how_found=HowFound.INTRODUCED)
    option = contact.contact_option(5, "Grace Hill", "Acme")
    form = sent(contact.contact_form(introduced, Carried(), introducer=option))
    assert contact.read_contact_form(form) == replace(introduced, introduced_by_id=5)
    changed = filled(form, how_found="cold")
    assert contact.read_contact_form(changed).introduced_by_id is None


def test_nobody_is_the_same_as_themselves() -> None:
    """Whoever is chosen reads back; nobody, and the very same entry, is refused."""
    chosen = sent(
        merge.merge_form("Ada", Carried(), chosen=contact.contact_option(5, "Grace Hill", "Acme"))
    )
    assert merge.read_merge_form(chosen, 4) == 5
    for form, contact_id in ((chosen, 5), (sent(merge.merge_form("Ada", Carried())), 4)):
        with pytest.raises(FormErrors, match=merge.OTHER):
            merge.read_merge_form(form, contact_id)


def test_a_new_path_goes_before_the_chosen_one() -> None:
    """What was typed is the latest word; without it the choice stays."""
    form = sent(
        contact.contact_form(contact.ContactTyped(name="Ada", path="A"), Carried(), paths="A")
    )
    assert contact.read_contact_form(form).path == "A"
    assert contact.read_contact_form(filled(form, new_path=" B ")).path == "B"


def test_a_form_in_the_making_reads_without_complaint() -> None:
    """A redrawn form starts from whatever stands in it, right or wrong."""
    form = filled(sent(contact.contact_form(contact.ContactTyped(), Carried())), email="ada@")
    assert contact.as_typed_so_far(form) == contact.ContactTyped(email="ada@")


@given(INTERVIEWS)
def test_a_talk_reads_back_as_it_was_drawn(typed: interview.InterviewTyped) -> None:
    """New with a new name, new with a known contact, and one that moves."""
    form = interview.interview_form(typed, Carried())
    assert interview.read_interview_form(sent(form), NOW, known=False) == typed
    option = contact.contact_option(5, "Grace Hill", "")
    with_known = replace(typed, contact_ids=(5,))
    for carried, known in ((Carried(), False), (KNOWN, True)):
        form = interview.interview_form(typed, carried, people=[option])
        assert interview.read_interview_form(sent(form), NOW, known=known) == with_known


@given(FIRST_PAGES)
def test_the_first_page_reads_back_as_it_was_drawn(typed: debrief.FirstPageTyped) -> None:
    """Every answer can be changed afterwards."""
    assert debrief.read_first_page(sent(debrief.first_page("Ada", typed, KNOWN))) == typed


@given(SECOND_PAGES)
def test_the_second_page_reads_back_as_it_was_drawn(typed: debrief.SecondPageTyped) -> None:
    """As many names and skills as it takes, each of the greatest length."""
    assert debrief.read_second_page(sent(debrief.second_page("Ada", typed, KNOWN))) == typed


def test_twenty_long_skills_survive_being_drawn_again() -> None:
    """Typed with a bare comma between them, drawn with a space more each: nothing is cut off."""
    skills = tuple(f"{number:02}".ljust(60, "x") for number in range(20))
    form = sent(debrief.second_page("Ada", debrief.SecondPageTyped(skills=skills), KNOWN))
    assert debrief.read_second_page(form).skills == skills


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        (
            "Ben Hill, Head of Data at Acme\nUma Singh",
            ("Ben Hill, Head of Data at Acme", "Uma Singh"),
        ),
        ("- Ben Hill\n* Uma Singh\n• Tom Reed", ("Ben Hill", "Uma Singh", "Tom Reed")),
        ("Ben Hill; Uma Singh;", ("Ben Hill", "Uma Singh")),
        ("Ben Hill\n\n  \n-\n,\nBEN HILL\nUma\nben hill", ("Ben Hill", "Uma")),
        ("Jean-Luc *Star* Hill", ("Jean-Luc *Star* Hill",)),
    ],
)
def test_names_are_read_one_a_line(typed: str, names: tuple[str, ...]) -> None:
    """Bullets, empty lines and repeats are left out; who came first stays first."""
    form = sent(debrief.second_page("Ada", debrief.SecondPageTyped(), KNOWN))
    assert debrief.read_second_page(filled(form, referrals=typed)).referrals == names


def test_skills_are_read_with_commas_between_them() -> None:
    """Or one a line; signs that belong to a name stay."""
    form = sent(debrief.second_page("Ada", debrief.SecondPageTyped(), KNOWN))
    read = debrief.read_second_page(filled(form, skills="SQL, C++,C#\n- .NET;sql, ,"))
    assert read.skills == ("SQL", "C++", "C#", ".NET")


def test_a_touch_reads_as_it_was_filled_in() -> None:
    """Its moment is offered, its kind is chosen."""
    form = filled(
        sent(touch.touch_form("Ada", NOW, Carried(contact_id=1))), kind="asked", note=" x "
    )
    read = touch.read_touch_form(form, NOW, NOW.date())
    assert read == touch.TouchTyped(TouchKind.ASKED, NOW, "x")


@pytest.mark.parametrize(
    ("picked", "until"), [(None, date(2027, 1, 19)), ("2026-11-21", date(2026, 11, 21))]
)
def test_not_now_has_a_date_also_when_none_is_picked(picked: str | None, until: date) -> None:
    """Sixty days on."""
    form = filled(sent(touch.touch_form("Ada", NOW, Carried())), kind="not_now")
    if picked is not None:
        form = filled(form, not_now_until=picked)
    assert touch.read_touch_form(form, NOW, NOW.date()).until == until
