"""What a screen reader would have no name for."""

from html.parser import HTMLParser

from tests.sandbox.browsing import VOID

# What is pressed, filled in or gone to by its name.
NAMED = {"a", "button", "input", "select", "textarea", "summary", "iframe", "dialog", "nav"}
NAMED_ROLES = {"tab", "tablist", "listbox", "menu", "menuitem", "log", "radiogroup", "group"}
NAMING = ("aria-label", "aria-labelledby", "title")


class _Names(HTMLParser):
    """Collects what has to have a name, with the words inside it."""

    def __init__(self) -> None:
        super().__init__()
        self.labels: set[str] = set()
        self.ids: set[str] = set()
        self.described: set[str] = set()
        self.found: list[tuple[str, dict[str, str], list[str]]] = []
        self._open: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        words: list[str] = []
        self.ids.add(own.get("id", ""))
        self.described.update(own.get("aria-describedby", "").split())
        if tag == "label":
            self.labels.add(own.get("for", ""))
        if (tag in NAMED or own.get("role") in NAMED_ROLES) and own.get("type") != "hidden":
            self.found.append((tag, own, words))
        if tag == "img":
            self.handle_data(own.get("alt", ""))
        if tag not in VOID:
            self._open.append((tag, words))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for _, words in self._open:
            words.append(data.strip())

    def in_label(self) -> bool:
        return any(tag == "label" for tag, _ in self._open)


def nameless(html: str) -> list[str]:
    """The tags that have neither words nor a label."""
    names = _Names()
    names.feed(html)
    return [
        f"<{tag} {own}>"
        for tag, own, words in names.found
        if not any(own.get(name) for name in NAMING)
        and own.get("id") not in names.labels
        and own.get("type") not in ("radio", "checkbox")  # inside their labels
        and not ("".join(words) and tag != "select")
    ]


def unspoken(html: str) -> set[str]:
    """The ids of errors, hints and counts that no field names, and the ids named in vain."""
    names = _Names()
    names.feed(html)
    beside = {own for own in names.ids if own.endswith(("-error", "-hint", "-left"))}
    return beside ^ names.described
