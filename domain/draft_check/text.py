"""A message taken apart as the rules read it: sentences, the line each begins in, its words."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from domain.draft_check.phrases import phrase

# Under 100 words, best about 75: short asks get answers.
MOST_WORDS, WORDS_TO_AIM_FOR = 100, 75

_WORD = re.compile(r"[^\W_]+(?:['’\-.:][^\W_]+)*")
_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*\n?)+")
# A sentence ends at its mark, unless that stands behind a title or one letter: "Dr.", "J.".
_END = re.compile(r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bProf)(?<!\b\w)[.!?…]+[\"”’)]*\s+")
_GREETING = re.compile(r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|greetings)\b")
_LONGEST_GREETING = 60
# Mail programs break lines no earlier than this.
_WRAPPED = 60
# How people mark what is still to be filled in; addresses and links in angle brackets are none.
_BLANK = re.compile(
    r"⟨[^⟩]*⟩|\[[^\]\n]*[^\W\d_]{2}[^\]\n]*\]|\{[^}\n]*[^\W\d_]{2}[^}\n]*\}"
    r"|<[^\W\d_][^<>\n@:/]*>|_{3,}|\b(?:[A-Z]{3,} ){1,4}HERE\b|\b[Xx]{3,}\b|\b(?:TODO|TBD)\b"
)


@dataclass(frozen=True)
class Place:
    """Where a rule found something; an empty quote is the whole message."""

    line: int = 0
    quote: str = ""


@dataclass(frozen=True)
class Sentence:
    """A sentence as written, the line in which it begins, and its words as the rules compare."""

    line: int
    written: str

    @cached_property
    def plain(self) -> str:
        """The sentence in small letters, without accents and curly marks."""
        return folded(self.written)


class Text:
    """A whole message, read once for all rules."""

    def __init__(self, written: str) -> None:
        self.written = written
        self.plain = folded(written)
        self.words = count_words(written)
        self.sentences = list(_sentences(written))

    @cached_property
    def greeting(self) -> Sentence | None:
        """The line that greets, if the message begins with one."""
        if not self.sentences:
            return None
        number, first = next(
            (n, line) for n, line in enumerate(self.written.split("\n"), 1) if line.strip()
        )
        head = Sentence(number, re.split(r"[,!:—]| - ", first, maxsplit=1)[0].strip())
        is_short = len(head.written) <= _LONGEST_GREETING
        return head if is_short and _GREETING.match(head.plain) else None

    @cached_property
    def body(self) -> str:
        """The message behind its greeting, as the rules compare."""
        return self.plain.lstrip().removeprefix(self.greeting.plain if self.greeting else "")

    def found(self, name: str, unless: str = "") -> Place | None:
        """Give the first sentence with one of these phrases in it.

        Where one of the phrases called `unless` stands in front of it, it does not count.
        """
        for sentence in self.sentences:
            for match in phrase(name).finditer(sentence.plain):
                before = sentence.plain[: match.start()]
                if not (unless and phrase(unless).search(before)):
                    return Place(sentence.line, sentence.written)
        return None


def folded(text: str) -> str:
    """Give a text as it is compared: "Résumé" and "RESUME" are the same word."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return bare.replace("’", "'").replace("‘", "'").replace("–", "-")


def count_words(text: str) -> int:
    """Count the words, as people count them: "20-minute" and "don't" are one each."""
    return len(_WORD.findall(text))


def blanks(text: str) -> list[str]:
    """Give what is still to be filled in, as it is marked."""
    return [match[0] for match in _BLANK.finditer(text)]


def _sentences(written: str) -> Iterator[Sentence]:
    """Lines belong together where a mail program has broken them in the middle of a sentence."""
    for paragraph in _PARAGRAPH.finditer(written):
        start = paragraph.start()
        ends = sorted({m.end() for m in (*_END.finditer(paragraph[0]), *_breaks(paragraph[0]))})
        for begin, end in zip([0, *ends], [*ends, len(paragraph[0])], strict=True):
            piece = paragraph[0][begin:end]
            if piece.strip():
                at = start + begin + len(piece) - len(piece.lstrip())
                line = written.count("\n", 0, at) + 1
                yield Sentence(line, " ".join(piece.split()))


def _breaks(paragraph: str) -> Iterator[re.Match[str]]:
    """Line breaks that somebody set: after a short line, before anything but a small letter."""
    for match in re.finditer(r"\n(?=(.?))", paragraph):
        line = paragraph[: match.start()].rpartition("\n")[2]
        if len(line) < _WRAPPED and not match[1].islower():
            yield match
