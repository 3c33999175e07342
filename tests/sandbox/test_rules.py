"""Each rule of the tables, broken once, as slack-platform.md section 1 has it."""

import re
from copy import deepcopy
from typing import Any

import pytest

from sandbox.rules import RULES, message_problems, suggestion_problems, view_problems
from sandbox.rules.checks import Problem
from tests.sandbox import rule_table
from tests.sandbox.breaks import BREAKS, chosen, pressed, typed
from tests.sandbox.sample_app import option, plain
from tests.sandbox.samples import (
    GOOD,
    GOOD_INPUTS,
    actions,
    asking,
    button,
    confirm,
    context,
    element,
    filed,
    header,
    home,
    md,
    modal,
    picture,
    section,
)

Json = dict[str, Any]
SAID = re.compile(r"\[ERROR\] .+ \[json-pointer:(.*)\]")


def problems_in(rule: str, given: Any) -> tuple[list[Problem], Any]:
    """What Slack would refuse, and what its JSON pointers point into."""
    if rule.startswith("suggestion."):
        return suggestion_problems(given), given
    if isinstance(given, list):
        return message_problems(given), {"blocks": given}
    if given.get("type") == "home" or rule.startswith("home."):
        return view_problems(given, "home"), {"view": given}
    if given.get("type") == "modal" or rule.startswith("modal."):
        return view_problems(given, "modal"), {"view": given}
    return message_problems([given]), {"blocks": [given]}


def pointed_at(problem: Problem, whole: Any) -> tuple[Any, Any]:
    """Where a problem's JSON pointer leads: what holds it, and the key or index in it."""
    said = SAID.fullmatch(problem.text)
    assert said, problem.text
    holder, key, value = None, None, whole
    for step in said[1].split("/")[1:]:
        holder, key = value, int(step) if isinstance(value, list) else step
        value = value[key]
    return holder, key


def test_every_rule_has_its_breaking_example() -> None:
    assert set(BREAKS) == set(RULES)


@pytest.mark.parametrize("rule", BREAKS)
def test_slack_refuses_what_breaks_a_rule(rule: str) -> None:
    """That rule and no other, told in Slack's words, with a JSON pointer to what breaks it."""
    problems, whole = problems_in(rule, BREAKS[rule])
    assert {problem.rule for problem in problems} == {rule}, problems
    for problem in problems:
        pointed_at(problem, whole)


@pytest.mark.parametrize("rule", [id for id in BREAKS if id.endswith((".longest", ".most"))])
def test_one_less_is_not_too_many(rule: str) -> None:
    """The limit is exactly where the example has it, counted in code points."""
    problems, whole = problems_in(rule, deepcopy(BREAKS[rule]))
    holder, key = pointed_at(problems[0], whole)
    before = holder[key]
    holder[key] = "😀" + before[2:] if isinstance(before, str) else before[1:]
    again, _ = problems_in(rule, whole.get("blocks") or whole.get("view") or whole)
    assert rule not in {problem.rule for problem in again}


def test_every_rule_names_its_source() -> None:
    assert not [rule for rule in RULES.values() if not re.match(r"[12]\.\d", rule.source)]


@pytest.mark.parametrize("block", GOOD, ids=str)
def test_slack_takes_this_in_a_message(block: Json) -> None:
    assert message_problems([block]) == []


@pytest.mark.parametrize("given", GOOD_INPUTS, ids=str)
def test_slack_takes_this_in_a_modal(given: Json) -> None:
    assert view_problems(modal(asking(given)), "modal") == []


@pytest.mark.parametrize("answer", [{"options": []}, {"options": [option("A")]}])
def test_slack_takes_these_suggestions(answer: Json) -> None:
    assert suggestion_problems(answer) == []


# What is said, word by word, as far as Slack's own words are known; and further ways to break.
SAID_OF: list[tuple[Any, str]] = [
    ([{"type": "divider"}] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    (modal(title=None), "missing required field: title [json-pointer:/view]"),
    (modal(blocks=[section()] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
    (modal(id="V1"), "invalid additional property: id [json-pointer:/view]"),
    (home(title=plain("x")), "invalid additional property: title [json-pointer:/view]"),
    (home(submit=plain("x")), "invalid additional property: submit [json-pointer:/view]"),
    (home(close=plain("x")), "invalid additional property: close [json-pointer:/view]"),
    (
        modal(asking(element("static_select"), hint=plain("x")), submit=None),
        "missing required field: submit [json-pointer:/view]",
    ),
    (
        actions(button(text=plain("😀" * 76))),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    (
        section(text=md("x") | {"emoji": True}),
        "invalid additional property: emoji [json-pointer:/blocks/0/text]",
    ),
    (
        section(text=plain("x") | {"verbatim": True}),
        "invalid additional property: verbatim [json-pointer:/blocks/0/text]",
    ),
    (
        actions({"type": "timepicker", "initial_time": "24:00"}),
        "must be a time in the form HH:mm [json-pointer:/blocks/0/elements/0/initial_time]",
    ),
    (
        modal(asking(element("number_input", min_value=5))),
        "must provide a string [json-pointer:/view/blocks/0/element/min_value]",
    ),
    (
        actions(element("static_select", options=[option("A") | {"url": "https://a.b"}])),
        "invalid additional property: url [json-pointer:/blocks/0/elements/0/options/0]",
    ),
    *(
        (given, "invalid additional property: type [json-pointer:/blocks/0/")
        for given in (
            chosen("static_select", options=[option("A") | {"type": "option"}]),
            pressed(confirm=confirm(type="confirm")),
            chosen("conversations_select", filter={"type": "x", "include": ["im"]}),
            picture(image_url=None, slack_file={"type": "file", "id": "F1"}),
        )
    ),
    (chosen("conversations_select", filter={"include": None}), "must provide at least one filter"),
    (picture(image_url="https:foo"), "must be a valid URL [json-pointer:/blocks/0/image_url]"),
    (picture(image_url="https:///x.png"), "must be a valid URL [json-pointer:/blocks/0/image_url]"),
    *(
        (actions(button(url=link)), "must be a valid URL [json-pointer:/blocks/0/elements/0/url]")
        for link in ("javascript:x", "data:text/html,x", "ftp://a.example")
    ),
    *(
        (actions(element("datepicker", initial_date=day)), "must be a date in the form YYYY-MM-DD")
        for day in ("2026-W10-1", "２０２６-03-02")  # digits that are not ASCII
    ),
    (actions(element("timepicker", initial_time="1٢:00")), "must be a time in the form HH:mm"),
    (modal(asking(element("number_input", initial_value="٣"))), "must be a number"),
    (
        modal(asking(element("number_input", initial_value="1", min_value="2"))),
        "initial_value must be from min_value to max_value",
    ),
    (
        modal(asking(element("plain_text_input", initial_value="ab", min_length=3))),
        "initial_value must not be shorter than min_length",
    ),
    (
        actions(
            element("multi_users_select", initial_users=["U1", "U2"], max_selected_items=1),
        ),
        "initial_users must not be more than max_selected_items",
    ),
    (filed(), "must provide exactly one of: id, url [json-pointer:/blocks/0/slack_file]"),
    (context(button()), "must be a valid text object of type plain_text or mrkdwn [json-poi"),
    (header(text=md("x")), "must be a valid text object of type plain_text [json-pointer:/bloc"),
    (
        typed("number_input", is_decimal_allowed=False, initial_value="1.5"),
        "initial_value must be a whole number",
    ),
    (home(asking(element("number_input"))), "number_input is not supported in homes [json-po"),
]


@pytest.mark.parametrize(("given", "said"), SAID_OF, ids=[said for _, said in SAID_OF])
def test_what_slack_says(given: Any, said: str) -> None:
    problems, _ = problems_in("", given)
    assert any(problem.text.startswith(f"[ERROR] {said}") for problem in problems), problems


def test_the_documentation_has_the_rules_and_their_counts() -> None:
    """Written anew with: python -m tests.sandbox.rule_table."""
    assert rule_table.BEGIN + rule_table.written() + rule_table.END in rule_table.PAGE.read_text()
