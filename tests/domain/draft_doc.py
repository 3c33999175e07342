"""Writes docs/draft-check.md from the rules and the corpus: `python -m tests.domain.draft_doc`."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from domain.draft_check import ALL, MOST_WORDS, WORDS_TO_AIM_FOR, Purpose
from tests.domain.draft_corpus import Message, corpus

DOC = Path(__file__).parents[2] / "docs" / "draft-check.md"
_PURPOSES = {
    Purpose.ASK: "ask",
    Purpose.FOLLOW_UP: "follow-up",
    Purpose.TIMES: "times",
    Purpose.THANKS: "thank-you",
    Purpose.NEWS: "news",
}

_TEXT = """\
# The draft check

`/rapport check`, and the button "Check it" on every draft, read a message before it goes out. Fixed
rules, no model: the same text gets the same findings, each with the reason and a better way to say
it. Nothing is stored.

This page is written by `python -m tests.domain.draft_doc`; a test fails when it is not true.

## The rules

A message should have under {most} words, best about {aim}. Each rule speaks once a message.

{rules}

What each rule looks for stands in `domain/draft_check/phrases.toml`. What is denied ("I am not
looking for a job") or what the other person raised ("the position you mentioned") is let through.

## How well they do

The corpus, `tests/domain/draft_corpus.toml`, has {total} messages written for this project, each
with the rules that a careful reader would have speak. A fault is one rule in one message.

{figures}

The first row says little about other people's messages: the rules were written and mended with
those. The second row says more: these were written last, by the same author, and no rule was mended
with them. Expect about that of messages that nobody had in mind, and read your own message once
more whatever the check says.

## Which rule caught how many

{by_rule}

## Known misses and false alarms

{known}
"""


def document() -> str:
    """Give the whole page as it should be."""
    messages = corpus()
    return _TEXT.format(
        most=MOST_WORDS,
        aim=WORDS_TO_AIM_FOR,
        total=len(messages),
        rules=_rules(),
        figures=_figures(messages),
        by_rule=_by_rule(messages),
        known="\n".join(_known(messages)),
    )


def _rules() -> str:
    rows = [(f"`{r.id}`", r.title, r.reason, r.better, _about(r.purposes)) for r in ALL]
    return _table(("rule", "says", "because", "better", "in"), rows)


def _about(purposes: Iterable[Purpose]) -> str:
    named = [_PURPOSES[purpose] for purpose in Purpose if purpose in purposes]
    return "all" if len(named) == len(Purpose) else ", ".join(named)


def _figures(messages: Sequence[Message]) -> str:
    rows = []
    for label, unseen in (("used to write the rules", False), ("never used", True)):
        some = [message for message in messages if message.unseen == unseen]
        faults = sum(len(message.expect) for message in some)
        missed = sum(len(set(message.expect) - message.caught_by()) for message in some)
        false = sum(len(message.caught_by() - set(message.expect)) for message in some)
        good = sum(not message.expect for message in some)
        clean = sum(not message.expect and not message.caught_by() for message in some)
        counts = (len(some), good, clean, faults, faults - missed, missed, false)
        rows.append((label, *(str(count) for count in counts)))
    heads = ("", "messages", "good ones", "passed", "faults", "caught", "missed", "false alarms")
    return _table(heads, rows)


def _by_rule(messages: Sequence[Message]) -> str:
    rows = []
    for rule in ALL:
        wanted = [message for message in messages if rule.id in message.expect]
        caught = sum(rule.id in message.caught_by() for message in wanted)
        false = sum(
            rule.id in message.caught_by() and rule.id not in message.expect for message in messages
        )
        counts = (len(wanted), caught, len(wanted) - caught, false)
        rows.append((f"`{rule.id}`", *(str(count) for count in counts)))
    return _table(("rule", "faults", "caught", "missed", "false alarms"), rows)


def _known(messages: Sequence[Message]) -> Iterable[str]:
    for message in messages:
        for rule in message.missed:
            yield f"- “{message.name}”: `{rule}` does not see it."
        for rule in message.false_alarms:
            yield f"- “{message.name}”: `{rule}` speaks, and need not."


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


if __name__ == "__main__":
    DOC.write_text(document(), encoding="utf-8")
