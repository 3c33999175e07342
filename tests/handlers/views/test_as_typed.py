"""What Slack sends of a command is given back as the member typed it."""

import pytest

from handlers.views.words import as_typed


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("Ada, CTO at <http://acme.com|acme.com>", "Ada, CTO at acme.com"),
        ("Ada at <https://acme.com>", "Ada at https://acme.com"),
        ("<mailto:ada@acme.com|ada@acme.com>", "ada@acme.com"),
        ("ask in <#C012AB|careers>", "ask in #careers"),
        ("ask in <#C012AB|>", "ask in (a private channel)"),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&lt;@U012ABCDEF&gt; Lee", "<@U012ABCDEF> Lee"),
        ("&amp;lt;", "&lt;"),
        ("", ""),
    ],
)
def test_links_become_words_and_nothing_else_changes(sent: str, typed: str) -> None:
    assert as_typed(sent) == typed
