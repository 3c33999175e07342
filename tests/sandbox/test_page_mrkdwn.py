"""What a person typed is shown as typed: mrkdwn becomes safe HTML."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sandbox.page.dates import clock_time, day_name, local
from sandbox.page.mrkdwn import Reader, preview, render_mrkdwn, render_plain

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
READER = Reader(
    users={"U0ADA": "Ada Brook", "U0BEN": "Ben <b>Otto</b>"},
    channels={"C0GENERAL": "general"},
    me="U0ADA",
    zone=ZoneInfo("Europe/London"),
    now=NOW,
)


def drawn(text: str) -> str:
    return str(render_mrkdwn(text, READER))


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("*bold*", "<strong>bold</strong>"),
        ("_italic_ and ~gone~", "<em>italic</em> and <del>gone</del>"),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("*Ada Brook* · CTO", "<strong>Ada Brook</strong> · CTO"),
        ("`a *b* <@U0ADA>`", "<code>a *b* @Ada Brook</code>"),
        ("```\nfirst\n  *second*\n```", "<pre><code>first\n  *second*</code></pre>"),
        ("before\n```x```\nafter", "before<pre><code>x</code></pre>after"),
        ("&gt; said\n&gt; so\nthen", "<blockquote>said<br>so</blockquote>then"),
        ("• one\n• two", "• one<br>• two"),
        ("snake_case_name 2*3*4 a~b", "snake_case_name 2*3*4 a~b"),
        ("* not bold * and *open", "* not bold * and *open"),
        (":wave: :no_such_emoji: 10:30:45", "👋 :no_such_emoji: 10:30:45"),
    ],
)
def test_marks_are_drawn_as_slack_draws_them(typed: str, html: str) -> None:
    assert drawn(typed) == html


def test_links_mentions_and_channels_are_drawn() -> None:
    link = '<a href="https://example.com/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">'
    assert drawn("<https://example.com/?a=1&amp;b=2|the page>") == f"{link}the page</a>"
    assert drawn("https://example.com/?a=1&amp;b=2.").startswith(link)
    assert drawn("<mailto:ada@example.com>").endswith(">ada@example.com</a>")
    assert drawn("<@U0ADA>") == '<span class="mention mention--me">@Ada Brook</span>'
    assert drawn("<#C0GENERAL|old>") == '<span class="mention">#general</span>'
    assert drawn("<!here>") == '<span class="mention mention--me">@here</span>'


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("&lt;script&gt;alert(1)", "&lt;script&gt;alert(1)"),
        ("&lt;!channel&gt; &lt;@U0ADA&gt;", "&lt;!channel&gt; &lt;@U0ADA&gt;"),
        ("&amp;lt;", "&amp;lt;"),
        ("&amp;lt;b&amp;gt;", "&amp;lt;b&amp;gt;"),
        ("<javascript:alert(1)|press>", "&lt;javascript:alert(1)|press&gt;"),
        ("<data:text/html,x|press>", "&lt;data:text/html,x|press&gt;"),
        ("\"quotes\" and 'these'", "&#34;quotes&#34; and &#39;these&#39;"),
        ("{{ 7 * 7 }} {% raw %}", "{{ 7 * 7 }} {% raw %}"),
        ("\ue0000\ue001 forged", "0 forged"),
        ("<!unknown^thing>", '<span class="mention">@unknown</span>'),
        ("*<b>bold</b>*", "<strong>&lt;b&gt;bold&lt;/b&gt;</strong>"),
        ("<@U0BEN>", '<span class="mention">@Ben &lt;b&gt;Otto&lt;/b&gt;</span>'),
    ],
)
def test_hostile_text_is_shown_and_never_run(typed: str, html: str) -> None:
    assert drawn(typed) == html


def test_quotes_cannot_leave_an_attribute() -> None:
    html = drawn('<https://example.com/"onmouseover="alert(1)|x">')
    assert 'href="https://example.com/&#34;onmouseover=&#34;alert(1)"' in html
    assert html.count('"') == 6


@pytest.mark.parametrize(
    "typed", ["*a* " * 750, "*_~" * 1000, "`" * 3000, "<" * 3000, "&gt;" * 900]
)
def test_three_thousand_characters_of_marks_are_drawn(typed: str) -> None:
    assert drawn(typed)


@pytest.mark.parametrize(
    ("token", "shown"),
    [
        ("<!date^1772451000^{date_short_pretty} at {time}|later>", "Today at 11:30 AM"),
        ("<!date^1772537400^{date_long_pretty}|later>", "Tomorrow"),
        (
            "<!date^1774870200^{date} {date_num} {time}|later>",
            "March 30th, 2026 2026-03-30 12:30 PM",
        ),
        ("<!date^1772451000^{ago}|later>", "30 minutes ago"),
        ("<!date^99999999999999999^{date}|the end>", "the end"),
        ("<!date^soon^{date}|&lt;soon&gt;>", "&lt;soon&gt;"),
    ],
)
def test_dates_are_shown_in_the_readers_zone(token: str, shown: str) -> None:
    assert drawn(token) == f"<time>{shown}</time>"


def test_a_date_may_carry_a_link_but_only_a_safe_one() -> None:
    assert 'href="https://example.com"' in drawn("<!date^1772451000^{time}^https://example.com|x>")
    assert "<a" not in drawn("<!date^1772451000^{time}^javascript:alert(1)|x>")


def test_plain_text_knows_no_marks() -> None:
    shown = "*a* &lt;@U0ADA&gt; 👋<br>&lt;b&gt; &amp;lt;"
    assert str(render_plain("*a* <@U0ADA> :wave:\n<b> &lt;")) == shown


def test_a_preview_is_one_line_of_words() -> None:
    assert preview("*Ada* said\n<@U0BEN> &amp; `x` snake_case", READER) == (
        "Ada said @Ben <b>Otto</b> & x snake_case"
    )


def test_days_and_times_are_named() -> None:
    today = NOW.date()
    assert day_name(today, today) == "Today"
    assert day_name(today.replace(day=1), today) == "Yesterday"
    assert day_name(today.replace(year=2025), today) == "Sunday, March 2nd, 2025"
    assert clock_time(local(1772451000, ZoneInfo("Asia/Kolkata"))) == "5:00 PM"
