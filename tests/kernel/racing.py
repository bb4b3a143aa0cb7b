"""Several people at the same instant, each with a connection of his own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def together(people: int, do: Callable[[int], Any]) -> list[Any]:
    """Let everybody do it at once; what each got, or the exception that he got instead."""
    got: list[Any] = [None] * people
    ready = threading.Barrier(people)

    def one(number: int) -> None:
        try:
            connection.ensure_connection()  # before the start: connecting takes longer than what is raced
            ready.wait(timeout=30)
            got[number] = do(number)
        except Exception as failure:  # noqa: BLE001 - the test says which failures it expects
            got[number] = failure
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got
