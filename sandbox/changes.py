"""Wakes whoever waits for something to change in the workspace."""

import asyncio


class Changes:
    """A counter of changes that coroutines can wait on."""

    def __init__(self) -> None:
        self.version = 0
        self._event = asyncio.Event()

    def notify(self) -> None:
        """Count one change and wake all waiters."""
        self.version += 1
        self._event.set()
        self._event = asyncio.Event()

    async def after(self, version: int) -> int:
        """Wait until the version is past `version`; returns the version then."""
        while self.version <= version:
            await self._event.wait()
        return self.version
