"""Which of their contacts a member wants to see: by stage, company, path, or long not in touch."""

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
_SILENT = re.compile(r"(?:not in touch |silent )?(?:for |since )?(\d{1,4})(?: ?d(?:ays?)?)?", re.I)


@dataclass(frozen=True)
class Which:
    """Which contacts to list; with nothing set, all of them.

    `silent_days`: those with whom something passed, but nothing for so many days.
    """

    stage: Stage | None = None
    company: str = ""
    path: str = ""
    silent_days: int | None = None


def read_which(words: str) -> Which | None:
    """Read "asked", "at Acme", "path Data analyst" or "60 days"; None for what it does not know."""
    typed = " ".join(words.split())
    if not typed or typed.lower() in ("all", "everybody"):
        return Which()
    stage = _STAGES.get(key_of(typed))
    if stage is not None:
        return Which(stage=stage)
    company, path = _AT.fullmatch(typed), _PATH.fullmatch(typed)
    if company is not None:
        return Which(company=company[1])
    if path is not None:
        return Which(path=path[1])
    silent = _SILENT.fullmatch(typed)
    if silent is not None and 0 < int(silent[1]) <= MOST_DAYS:
        return Which(silent_days=int(silent[1]))
    return None
