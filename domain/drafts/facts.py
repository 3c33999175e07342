"""What is known when a draft is written, put the way a letter puts it."""

from dataclasses import dataclass

# A letter quotes a line, not a page.
_MOST_QUOTED = 160
_TITLES = {"dr", "prof", "professor", "mr", "mrs", "ms", "mx", "sir", "dame", "frau", "herr"}


@dataclass(frozen=True)
class Facts:
    """What is known of a contact; what is not known is empty, and becomes a blank.

    `me` is the member's name, `path` the kind of job they explore, `learned` the one thing they
    took home from the last talk, `promised` what they promised in it, `talked_with` whom this
    contact led them to.
    """

    name: str = ""
    company: str = ""
    title: str = ""
    path: str = ""
    introducer: str = ""
    learned: str = ""
    promised: str = ""
    talked_with: str = ""
    me: str = ""

    @property
    def greeted(self) -> str:
        """How they are greeted: by first name, with a title by the whole name."""
        words = _one_line(self.name).split()
        if not words:
            return _blank("their name")
        has_title = words[0].rstrip(".").lower() in _TITLES
        return " ".join(words) if has_title else words[0]

    @property
    def signed(self) -> str:
        """The member's name under the message."""
        return _one_line(self.me) or _blank("your name")

    @property
    def work(self) -> str:
        """What they do, as in "your work as Head of Data at Acme"."""
        title, company = _one_line(self.title), _one_line(self.company)
        parts = [f"as {title}" if title else "", f"at {company}" if company else ""]
        return " ".join(["your work", *(part for part in parts if part)])

    @property
    def field(self) -> str:
        """The kind of job that the member explores."""
        return _one_line(self.path) or _blank("the kind of job you explore")

    @property
    def named_by(self) -> str:
        """Who introduced them."""
        return _one_line(self.introducer) or _blank("who introduced you")

    @property
    def met(self) -> str:
        """Whom they led to."""
        return _one_line(self.talked_with) or _blank("whom they introduced you to")

    @property
    def takeaway(self) -> str:
        """One thing they said, without its full stop."""
        return _quoted(self.learned) or _blank("one thing they said")

    @property
    def done(self) -> str:
        """What the member has done since."""
        promised = _quoted(self.promised)
        what = f"what you did: {promised}" if promised else "what you did with their advice"
        return _blank(what)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    line = _one_line(text).rstrip(" .")
    return line if len(line) <= _MOST_QUOTED else ""


def _blank(what: str) -> str:
    return f"⟨{what.replace('⟨', '(').replace('⟩', ')')}⟩"
