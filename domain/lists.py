"""Which of their contacts a member wants to see: by stage, company, path, tag, or long silence."""

import re
from dataclasses import dataclass

from domain.finding import key_of
from domain.vocabulary import Stage

MOST_DAYS = 3650
# What members call the stages, beside their own names.
_STAGES = {
    "to ask": Stage.IDENTIFIED,
    "new": Stage.IDENTIFIED,
    "answered": Stage.REPLIED,
    "talk ahead": Stage.SCHEDULED,
    "to meet": Stage.SCHEDULED,
    "met": Stage.TALKED,
    **{stage.value.replace("_", " "): stage for stage in Stage},
}
_AT = re.compile(r"(?:at|@|company)\s+(.+)", re.IGNORECASE)
_PATH = re.compile(r"(?:path|for)\s+(.+)", re.IGNORECASE)
_TAG = re.compile(r"(?:tag\s+#?|tagged\s+#?|#)\s*(.+)", re.IGNORECASE)
_SILENT = re.compile(r"(?:not in touch |silent )?(?:for |since )?(\d{1,4})(?: ?d(?:ays?)?)?", re.I)


@dataclass(frozen=True)
class Which:
    """Which contacts to list; with nothing set, all of them but those who are archived.

    `silent_days`: those with whom something passed, but nothing for so many days.
    """

    stage: Stage | None = None
    company: str = ""
    path: str = ""
    tag: str = ""
    silent_days: int | None = None
    archived: bool = False


def read_which(words: str) -> Which | None:
    """Read "asked", "at Acme", "path Data analyst", "tag berlin", "60 days", "archived"."""
    typed = " ".join(words.split())
    if not typed or typed.lower() in ("all", "everybody"):
        return Which()
    if typed.lower() == "archived":
        return Which(archived=True)
    stage = _STAGES.get(key_of(typed))
    if stage is not None:
        return Which(stage=stage)
    company, path, tag = (form.fullmatch(typed) for form in (_AT, _PATH, _TAG))
    if company is not None:
        return Which(company=company[1])
    if path is not None:
        return Which(path=path[1])
    if tag is not None:
        return Which(tag=tag[1])
    silent = _SILENT.fullmatch(typed)
    if silent is not None and 0 < int(silent[1]) <= MOST_DAYS:
        return Which(silent_days=int(silent[1]))
    return None
