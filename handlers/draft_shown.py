"""Turns what is known of a contact into a draft's facts, and into what its form shows."""

from domain.draft_check import check, count_words
from domain.drafts import PURPOSES, Facts, Situation, draft, fitting, situation_for
from domain.drafts.mail import mail_link
from domain.vocabulary import NudgeKind, Stage
from handlers.views.draft_form import DraftShown
from handlers.whom import led_to
from storage.letters import Known
from storage.models import Nudge

_IN_PEACE = (Stage.NO_REPLY, Stage.DECLINED, Stage.NOT_NOW, Stage.CLOSED)


def facts(known: Known, nudge: Nudge | None, me: str) -> Facts:
    """What a letter may take up; a nudge knows best which promise or talk it is about."""
    contact = known.contact
    promised, met = known.promised, known.led_to
    if nudge is not None and nudge.promise is not None:
        promised = nudge.promise.what
    if nudge is not None and nudge.kind == NudgeKind.TELL_INTRODUCER and nudge.interview:
        met = led_to(nudge.interview, contact.id)
    return Facts(
        name=contact.name,
        company=contact.company,
        title=contact.title,
        path=contact.path.name if contact.path else "",
        introducer=contact.introduced_by.name if contact.introduced_by else "",
        learned=known.learned,
        promised=promised,
        talked_with=met,
        me=me,
    )


def likely(known: Known) -> Situation | None:
    """What is most likely to be written to a contact; None for who is left in peace."""
    contact = known.contact
    if contact.stage in _IN_PEACE or (contact.stage == Stage.ASKED and not known.may_follow_up):
        return None
    introduced = contact.introduced_by_id is not None
    return situation_for(
        contact.stage,
        contact.how_found,
        introduced=introduced,
        fell_through=known.fell_through,
    )


def situations(known: Known) -> list[Situation]:
    """What there is to choose from; a follow-up only as long as one is left."""
    fit = fitting(known.contact.stage, fell_through=known.fell_through)
    return [s for s in fit if s != Situation.FOLLOW_UP or known.may_follow_up]


def draft_shown(
    known: Known,
    about: Facts,
    situation: Situation,
    text: str,
    *,
    before: str = "",
    turn: int = 0,
) -> DraftShown:
    """A text as the form shows it: checked, counted, with its link."""
    contact, subject = known.contact, draft(situation, about).subject
    return DraftShown(
        name=contact.name,
        company=contact.company,
        situation=situation,
        choices=situations(known),
        subject=subject,
        text=text,
        words=count_words(text),
        findings=check(text, PURPOSES[situation]),
        mail_link=mail_link(contact.email, subject, text),
        before=before,
        turn=turn,
    )
