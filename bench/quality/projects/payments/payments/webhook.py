"""Messages from the card network."""

import hashlib
import hmac

TOLERANCE_SECONDS = 300


class Refused(Exception):
    """The message is not from the card network, or too old."""


def verify_webhook(secret, timestamp, body, signature, now):
    """Accepts a message whose signature fits and that is at most TOLERANCE_SECONDS old. The comparison takes the same
    time whatever differs, so that nobody can guess a signature byte by byte."""
    if abs(now - timestamp) > TOLERANCE_SECONDS:
        raise Refused("too old")
    expected = hmac.new(secret, f"{timestamp}.{body}".encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, signature):
        raise Refused("the signature does not fit")
