"""Reads a person as members type them: "NAME, TITLE at COMPANY"."""

import re
from dataclasses import dataclass

# "at" or "@" as a word of its own; the last one counts ("Head at Large at Acme").
_AT = re.compile(r"\s+(?:at|@)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class PersonTyped:
    """A person as read from one line; what was not there is an empty string."""

    name: str
    title: str = ""
    company: str = ""


def read_person(text: str) -> PersonTyped:
    """Read "NAME, TITLE at COMPANY", "NAME at COMPANY", "NAME, TITLE, COMPANY" or only a name.

    Nothing is lost: what is not understood stays part of the name or the title.
    """
    line = " ".join(text.split()).strip(" ,;-–—")
    name, _, rest = (part.strip(" ,") for part in line.partition(","))
    if not rest:
        name, company = _split_at(line)
        return PersonTyped(name=name, company=company)
    title, company = _split_at(rest)
    if not company and "," in title:
        title, _, company = (part.strip(" ,") for part in title.rpartition(","))
    if rest.lower().startswith(("at ", "@ ")):
        title, company = "", rest.split(" ", 1)[1].strip()
    return PersonTyped(name=name, title=title, company=company)


def _split_at(text: str) -> tuple[str, str]:
    """Split "X at Y" at its last "at"; without one, or with nothing before it, Y is empty."""
    found = list(_AT.finditer(text))
    if not found or found[-1].start() == 0:
        return text, ""
    return text[: found[-1].start()].strip(), text[found[-1].end() :].strip()
