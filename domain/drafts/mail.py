"""A link that opens the member's own mail program with the message in it (RFC 6068)."""

import re
from urllib.parse import quote

# Slack refuses a longer link.
LONGEST_LINK = 3000
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")


def mail_link(address: str, subject: str, text: str, most: int = LONGEST_LINK) -> str:
    """Give the link; nothing without an address, and a shorter one where all of it is too long.

    Other scripts than Latin take several times as many characters: then the text is left out, and
    at last the subject.
    """
    if not _ADDRESS.fullmatch(address):
        return ""
    to = f"mailto:{quote(address, safe='@')}"
    about = f"{to}?subject={_encoded(subject)}"
    return next(
        (link for link in (f"{about}&body={_encoded(text)}", about, to) if len(link) <= most), ""
    )


def holds_text(link: str) -> bool:
    """Say whether the message is in the link."""
    return "&body=" in link


def _encoded(words: str) -> str:
    return quote(re.sub(r"\r\n|\r|\n", "\r\n", words), safe="")
