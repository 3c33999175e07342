"""Drafts: filled from what is known, with blanks for the rest; they pass the check themselves."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.draft_check import MOST_WORDS, WORDS_TO_AIM_FOR, blanks, check
from domain.drafts import FOR_NUDGES, PURPOSES, TOUCHES, Facts, Situation, draft, fitting
from domain.drafts import situation_for as situation
from domain.drafts.mail import holds_text, mail_link
from domain.vocabulary import HowFound, Stage, TouchKind

KNOWN = Facts(
    name="Grace Hill",
    company="Acme",
    title="Head of Data",
    path="product analysis",
    introducer="Tom Reed",
    learned="Half the job is asking which question the dashboard should answer.",
    promised="Send the article",
    talked_with="Uma Singh",
    me="Ada Brook",
)
ALL = [pytest.param(each, id=each) for each in Situation]
BOTH = [pytest.param(KNOWN, id="known"), pytest.param(Facts(), id="nothing known")]
WORDS = st.text(max_size=200)


def filled(text: str) -> str:
    """A draft whose blanks the member has filled, with what they say that they want."""
    return re.sub("[⟨⟩]", "", text)


@pytest.mark.parametrize("facts", BOTH)
@pytest.mark.parametrize("each", ALL)
def test_a_draft_with_its_blanks_filled_passes_the_check(each: Situation, facts: Facts) -> None:
    written = draft(each, facts)
    assert [finding.rule for finding in check(filled(written.text), PURPOSES[each])] == []


@pytest.mark.parametrize("each", ALL)
def test_a_draft_as_it_is_has_blanks_to_fill_and_no_other_fault(each: Situation) -> None:
    written = draft(each, KNOWN)
    assert written.blanks == tuple(blanks(written.text)) != ()
    assert [finding.rule for finding in check(written.text, PURPOSES[each])] == ["blank_left"]


@pytest.mark.parametrize("each", ALL)
def test_a_draft_is_about_as_long_as_it_should_be(each: Situation) -> None:
    assert draft(each, KNOWN).words <= WORDS_TO_AIM_FOR + 8 < MOST_WORDS


@pytest.mark.parametrize("facts", BOTH)
@pytest.mark.parametrize("each", ALL)
def test_a_subject_is_one_line_without_blanks(each: Situation, facts: Facts) -> None:
    """It is not to be edited, so there must be nothing to fill."""
    subject = draft(each, facts).subject
    assert subject and "\n" not in subject and blanks(subject) == []


def test_what_is_known_is_in_it() -> None:
    asked = draft(Situation.ASK_INTRODUCED, KNOWN).text
    assert asked.startswith("Hi Grace,\n\nTom Reed suggested that I write to you")
    assert "your work as Head of Data at Acme" in asked
    assert asked.endswith("Ada Brook")
    thanks = draft(Situation.THANK_YOU, KNOWN).text
    assert "What stays with me: Half the job is asking which question" in thanks
    assert "Uma Singh" in draft(Situation.THANK_INTRODUCER, KNOWN).text


def test_what_is_not_known_is_a_blank_and_never_made_up() -> None:
    written = draft(Situation.THANK_YOU, Facts(me="Ada"))
    assert "Hi ⟨their name⟩," in written.text
    assert "⟨one thing they said⟩" in written.blanks


def test_a_page_of_notes_is_no_quotation() -> None:
    assert "⟨one thing they said⟩" in draft(Situation.THANK_YOU, Facts(learned="A " * 200)).blanks


@pytest.mark.parametrize(
    ("name", "greeting"),
    [("Grace Hill", "Grace"), ("Dr. Grace Hill", "Dr. Grace Hill"), ("Prof Hill", "Prof Hill")],
)
def test_they_are_greeted_as_their_name_is_known(name: str, greeting: str) -> None:
    assert draft(Situation.TIMES, Facts(name=name)).text.startswith(f"Hi {greeting},")


@given(WORDS, WORDS, WORDS, WORDS)
def test_what_was_typed_stays_as_typed(name: str, company: str, title: str, path: str) -> None:
    """No template in a name is filled in, nothing is escaped for a web page."""
    facts = Facts(name=name, company=company, title=title, path=path)
    text = draft(Situation.ASK_COLD, facts).text
    for typed in (company, title, path):
        assert " ".join(typed.split()) in text


def test_hostile_names_are_only_names() -> None:
    text = draft(Situation.ASK_COLD, Facts(company="{{ 7*7 }} <b> & {% raw %}")).text
    assert "at {{ 7*7 }} <b> & {% raw %}" in text


def test_the_situation_follows_from_what_is_known() -> None:
    assert situation(Stage.IDENTIFIED, HowFound.ALUMNI, introduced=False) == Situation.ASK_ALUMNI
    assert situation(Stage.RESEARCHED, None, introduced=False) == Situation.ASK_COLD
    assert situation(Stage.IDENTIFIED, HowFound.EVENT, introduced=True) == Situation.ASK_INTRODUCED
    assert situation(Stage.ASKED, HowFound.ALUMNI, introduced=True) == Situation.FOLLOW_UP
    assert situation(Stage.REPLIED, None, introduced=False) == Situation.TIMES
    assert situation(Stage.TALKED, None, introduced=False) == Situation.THANK_YOU
    assert situation(Stage.THANKED, None, introduced=False) == Situation.UPDATE


@pytest.mark.parametrize("stage", [Stage.NO_REPLY, Stage.DECLINED, Stage.NOT_NOW, Stage.CLOSED])
def test_who_rests_or_said_no_is_not_asked(stage: Stage) -> None:
    """Nor followed up."""
    kinds = {TOUCHES[each] for each in fitting(stage)}
    assert kinds == {TouchKind.UPDATE}


def test_a_silent_contact_is_followed_up_and_not_asked_anew() -> None:
    assert fitting(Stage.ASKED)[0] == Situation.FOLLOW_UP
    assert TouchKind.ASKED not in {TOUCHES[each] for each in fitting(Stage.ASKED)}


def test_every_situation_has_its_rules_and_its_touch() -> None:
    assert set(PURPOSES) == set(TOUCHES) == set(Situation)
    assert set(FOR_NUDGES.values()) <= set(Situation)


def test_a_mail_link_holds_the_whole_message() -> None:
    text = "Hi Grace & Tom,\n\n100% true? #1 – ⟨blank⟩ +1"
    link = mail_link("grace+work@acme.example", "A question: 50% & more?", text)
    parts = urlsplit(link)
    assert (parts.scheme, unquote(parts.path)) == ("mailto", "grace+work@acme.example")
    fields = parse_qs(parts.query.replace("+", "%2B"), strict_parsing=True)
    assert fields == {
        "subject": ["A question: 50% & more?"],
        "body": [text.replace("\n", "\r\n")],
    }


def test_an_address_cannot_add_fields_of_its_own() -> None:
    link = mail_link("a?bcc=eve@acme.example", "x", "y")
    assert link.startswith("mailto:a%3Fbcc%3Deve@acme.example?subject=x&body=y")


@pytest.mark.parametrize("address", ["", "grace", "grace@", "a b@acme.example", "@"])
def test_without_an_address_there_is_no_link(address: str) -> None:
    assert mail_link(address, "x", "y") == ""


@given(st.text(max_size=3000), st.text(max_size=700), st.integers(0, 240))
def test_a_link_is_never_longer_than_slack_takes(text: str, subject: str, length: int) -> None:
    """Then the text is left out, and it says so; at last the subject."""
    link = mail_link(f"{'a' * length}b@acme.example", subject, text)
    assert link.startswith("mailto:") and len(link) <= 3000
    assert link.isascii()
    assert holds_text(link) == ("&body=" in link)
