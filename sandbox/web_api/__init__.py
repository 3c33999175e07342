"""The Web API: every method that the sandbox has."""

from sandbox.web_api import chat, conversations, files, people, views
from sandbox.web_api.method import Method

METHODS: dict[str, Method] = {
    **people.METHODS,
    **chat.METHODS,
    **views.METHODS,
    **conversations.METHODS,
    **files.METHODS,
}
