"""What can be pressed on a nudge: on every kind all that makes sense of it."""

import pytest

from domain.vocabulary import NudgeKind
from handlers.views import later_form
from handlers.views import nudge_messages as messages
from handlers.views.metadata import Carried
from handlers.views.nudge_words import NudgeShown
from tests.handlers.views.screens import NOW

# Whatever is pressed, the thread rests, the talk begins and the next week ends.
CANNOT_WAIT = (NudgeKind.RESTS, NudgeKind.TALK_SOON, NudgeKind.WEEKLY_REVIEW)
# There the place is taken by what may have become of the talk.
ASKS = (NudgeKind.DID_IT_TAKE_PLACE, NudgeKind.ASK_AGAIN_HOW_IT_WENT)


def offered(kind: NudgeKind) -> set[str]:
    """What the buttons do, and what can be chosen in the menu."""
    row = messages.nudge_blocks(NudgeShown(1, kind, name="Ada Brook"))[-1].to_dict()
    actions = {element["action_id"] for element in row["elements"]}
    options = [o for element in row["elements"] for o in element.get("options", ())]
    assert len(row["elements"]) <= 4 and len(options) <= 5
    return actions | {option["value"].partition(":")[0] for option in options}


@pytest.mark.parametrize("kind", [kind for kind in NudgeKind if kind != NudgeKind.GO_ON])
def test_every_kind_can_be_put_off_skipped_and_stopped(kind: NudgeKind) -> None:
    can = offered(kind)
    if kind not in CANNOT_WAIT:
        # Its form has "In an hour", too.
        assert messages.PICK in can
        assert messages.IN_AN_HOUR in can or kind in ASKS
        assert can & {messages.SKIP, messages.SKIP_IT}
    assert messages.STOP in can or kind == NudgeKind.WEEKLY_REVIEW


def test_the_form_for_a_moment_has_the_usual_ones_too() -> None:
    view = later_form.later_form(NOW, Carried(nudge_id=1)).to_dict()
    [simply] = [b["element"] for b in view["blocks"] if b["block_id"] == later_form.SIMPLY]
    assert [option["text"]["text"] for option in simply["options"]] == [
        "In an hour",
        "This afternoon",
        "Tomorrow",
        "With the next digest",
        "Next week",
    ]
