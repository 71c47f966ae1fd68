"""Repeats calls to other services (old order service)."""

import time

MAX_ATTEMPTS = 8
DELAY_SECONDS = 1


def call_with_retry(call):
    """Calls until it succeeds, with a fixed delay of one second between attempts."""
    for attempt in range(MAX_ATTEMPTS):
        try:
            return call()
        except ConnectionError:
            if attempt == MAX_ATTEMPTS - 1:
                raise
            time.sleep(DELAY_SECONDS)
