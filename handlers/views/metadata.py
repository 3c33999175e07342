"""What a form carries along while it is open: which rows it is about, where to answer."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Carried:
    """A form's luggage, kept in its private_metadata.

    The ids are claims: storage checks them against the member who sends the form.
    `response_url` is where the private answer goes, if the form began with a command. `quiet` says
    that the screen it began on shows by itself what became of it, so that no answer is needed.
    Of a draft it also carries which one stands in the form (`draft`), and the contact's last touch
    when the form was opened (`touch_id`); of an entry that is corrected, which one it is.
    """

    contact_id: int | None = None
    interview_id: int | None = None
    nudge_id: int | None = None
    response_url: str | None = None
    quiet: bool = False
    draft: str | None = None
    touch_id: int | None = None
    entry: str | None = None

    def packed(self) -> str:
        """Give it as private_metadata: at most 3,000 characters."""
        return json.dumps({key: value for key, value in asdict(self).items() if value})


def unpack(view: Mapping[str, Any]) -> Carried:
    """Read a view's luggage; what is missing or of another kind reads as none."""
    try:
        found = json.loads(view.get("private_metadata") or "{}")
    except (ValueError, RecursionError):
        found = {}
    if not isinstance(found, dict):
        found = {}
    ids = {
        key: found[key]
        for key in ("contact_id", "interview_id", "nudge_id", "touch_id")
        if type(found.get(key)) is int and 0 < found[key] < 2**62
    }
    url, draft, entry = (found.get(key) for key in ("response_url", "draft", "entry"))
    return Carried(
        **ids,
        response_url=url if isinstance(url, str) else None,
        quiet=found.get("quiet") is True,
        draft=draft if isinstance(draft, str) else None,
        entry=entry if isinstance(entry, str) else None,
    )
