"""Reads a pasted list of names, one person a line: "NAME, TITLE at COMPANY, how I know them"."""

import re
from dataclasses import dataclass, replace

from domain.quick_add import read_person
from domain.tags import taken_out, written
from domain.vocabulary import HowFound

LONGEST = 200
# A line with more words before its first comma is a sentence, and nobody's name.
_MOST_NAME_WORDS = 7

_BULLET = re.compile(r"^\s*(?:[-*•–—·>]+|\(?\d{1,3}[.):])\s*")
_EMAIL = re.compile(r"<?(?:mailto:)?([^\s@<>,;|]+@[^\s@<>,;|]+\.[^\s@<>,;|]+)>?")
_LINK = re.compile(r"<?(https?://[^\s<>|,;]+|(?:www\.|linkedin\.com/)[^\s<>|,;]+)>?", re.IGNORECASE)
# What people paste between columns, and dashes with space around them.
_BETWEEN = re.compile(r"\s*[\t|;]\s*|\s+[-–—]+\s+")
_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*$")
# In the middle of a line they hold several things: "Tom Reed (Analyst, Cask) from the meetup".
_SEVERAL = re.compile(r"\s*[(\[]([^)\]]*(?:,| at |@)[^)\]]*)[)\]]\s*")

# "Met ADA", "I just met ADA", "add ADA"; and where that was, at the end.
_MET = re.compile(
    r"(?:i(?:'ve|’ve| have)? )?(?:just )?(?:met|add|save)(?: with)? (?P<rest>.+)", re.I
)
_OCCASION = re.compile(
    r",? (?:at|on|in|during) (?:the|a|an|my|our|this|last|yesterday's)\b.*$", re.IGNORECASE
)

# How words about an acquaintance begin; the first that fits says how they were found.
_WAYS = (
    (HowFound.INTRODUCED, r"introduced|intro |through |via |referred|recommended"),
    (
        HowFound.EVENT,
        r"(?:we )?met |from the (?:\w+ )?(?:meetup|fair|conference|event)|meetup|conference",
    ),
    (HowFound.COHORT, r"(?:from |in )?(?:the |my |our )?(?:cohort|bootcamp)"),
    (
        HowFound.FRIEND,
        r"(?:an? |my |old |family )*(?:old )?(?:friend|cousin|uncle|aunt|brother|sister|neighbou?r|"
        r"family|(?<=my )partner|mother|father|flatmate)s?\b",
    ),
    (
        HowFound.ALUMNI,
        r"(?:an? |my |same |old |former |ex-)*(?:alum|school|universit|uni\b|college|classmate|"
        r"studied|worked (?:with|together)|colleague|co-?worker|employer|boss|manager at my)",
    ),
    (
        HowFound.COLD,
        r"(?:on |from |saw |found |read |follow |via )*(?:linkedin|cold|found|online)\b",
    ),
)
# Work that begins like these words: "School nurse at Dell", "Managing Partner at Elm".
_WORK = re.compile(
    r"(?!(?:my|our|same|old|former) )(?:[\w-]+ )?(?:partner|school|universit\w*|college|conference|"
    r"family|cold|online)\b.*\s(?:at|@)\s+\S",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class NamedPerson:
    """A person as read from one line; `how` are the words about how the member knows them."""

    name: str
    title: str = ""
    company: str = ""
    how: str = ""
    how_found: HowFound | None = None
    email: str = ""
    profile_url: str = ""
    tags: str = ""


@dataclass(frozen=True)
class NamesRead:
    """Whom a pasted text names, each once and in its order, and the lines that name nobody."""

    people: tuple[NamedPerson, ...] = ()
    unread: tuple[str, ...] = ()


def read_names(text: str) -> NamesRead:
    """Read one person a line; empty lines are passed over, and who stands there twice is one."""
    people: dict[tuple[str, str], NamedPerson] = {}
    unread = []
    for line in text.splitlines():
        if not line.strip():
            continue
        person = read_name_line(line)
        if person is None:
            unread.append(line.strip())
        else:
            people.setdefault((person.name.casefold(), person.company.casefold()), person)
    return NamesRead(tuple(people.values()), tuple(unread))


def read_name_line(line: str) -> NamedPerson | None:
    """Read one person; None for a line in which no name is to be found."""
    rest, tags = taken_out(_BULLET.sub("", line))
    link, rest = _taken_out(_LINK, rest)
    email, rest = _taken_out(_EMAIL, rest)
    in_brackets = _BRACKETS.search(rest)
    if in_brackets:
        rest = _BRACKETS.sub("", rest)
    rest = _SEVERAL.sub(r", \1, ", rest)
    parts = [part.strip() for part in _BETWEEN.sub(", ", rest).split(",")]
    parts = [" ".join(part.split()) for part in parts if part.strip()]
    if in_brackets and in_brackets[1].strip():
        parts.append(in_brackets[1].strip())
    about, how = _split_how(parts)
    person = read_person(", ".join(about))
    if not _is_name(person.name) or max(len(person.title), len(person.company)) > LONGEST:
        return None
    return NamedPerson(
        name=person.name,
        title=person.title,
        company=person.company,
        how=how,
        how_found=way_found(how),
        email=email,
        tags=written(tags),
        profile_url=link if link.lower().startswith("http") or not link else f"https://{link}",
    )


def read_met(text: str) -> NamedPerson | None:
    """Read "met NAME, TITLE at COMPANY at the meetup"; None for what begins with no such word."""
    told = _MET.match(" ".join(text.split()))
    if told is None:
        return None
    where = _OCCASION.search(told["rest"])
    person = read_name_line(told["rest"][: where.start()] if where else told["rest"])
    if person is None or person.how or where is None:
        return person
    how = f"met {where[0].strip(' ,.')}"
    return replace(person, how=how, how_found=way_found(how))


def way_found(how: str) -> HowFound | None:
    """Say which of the practice's ways some words mean: "my cousin", "met at the meetup"."""
    for way, begins in _WAYS:
        if re.match(begins, how, re.IGNORECASE):
            return way
    return None


def _split_how(parts: list[str]) -> tuple[list[str], str]:
    """Part what is said of the person from what is said of how the member knows them.

    These begin with the first part after the name that sounds like it; else with the first one
    after the company.
    """
    for place, part in enumerate(parts[1:], start=1):
        if _tells_how(part):
            return parts[:place], ", ".join(parts[place:])
    for place, part in enumerate(parts):
        if _names_company(part):
            return parts[: place + 1], ", ".join(parts[place + 1 :])
    return parts[:3], ", ".join(parts[3:])


def _tells_how(part: str) -> bool:
    return way_found(part) is not None and _WORK.match(part) is None


def _names_company(part: str) -> bool:
    return not _tells_how(part) and re.search(r"(?:^|\s)(?:at|@)\s+\S", part) is not None


def _is_name(name: str) -> bool:
    is_long = len(name) > LONGEST or len(name.split()) > _MOST_NAME_WORDS
    return not is_long and sum(letter.isalpha() for letter in name) > 1


def _taken_out(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """Give the first match's first group, and the text without it."""
    found = pattern.search(text)
    if found is None:
        return "", text
    without = f"{text[: found.start()]} {text[found.end() :]}"
    return found[1].rstrip("."), re.sub(r"\s+([,;|])", r"\1", without)
