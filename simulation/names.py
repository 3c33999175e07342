"""Invented people, no two of the same name, so that a text says whom it is about."""

import re

GIVEN = (
    "Ada",
    "Bela",
    "Cleo",
    "Dara",
    "Elif",
    "Finn",
    "Gita",
    "Hugo",
    "Ines",
    "Jon",
    "Kaia",
    "Lev",
)
COMPANIES = ("Acorn", "Birch", "Cedar", "Dune", "Ember", "Fjord", "Grove", "Heath")
_SYLLABLES = ("ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se")
# Every surname begins with the same letter and is of one length: no other word looks like it.
CONTACT = re.compile(r"\b(?:" + "|".join(GIVEN) + r") Z[a-z]{12}\b")


def contact_name(number: int) -> str:
    """Give the name of the contact with this number, which nobody else has."""
    surname, left = "", number
    for _ in range(6):
        left, syllable = divmod(left, len(_SYLLABLES))
        surname = _SYLLABLES[syllable] + surname
    return f"{GIVEN[number % len(GIVEN)]} Z{surname}"


def member_name(number: int) -> str:
    """Give the name of the member with this number."""
    return f"Member {number:04d}"
