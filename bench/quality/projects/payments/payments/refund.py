"""Pays money back."""

from datetime import timedelta

REFUND_WINDOW = timedelta(days=14)


class TooLate(Exception):
    """The charge is older than the refund window."""


def refund(journal, network, charge, now):
    """Pays a charge back, as a whole, within the refund window."""
    if now - charge.at > REFUND_WINDOW:
        raise TooLate(charge.reference)
    journal.write("refunding", reference=charge.reference)
    network.refund(charge.reference)
    journal.write("refunded", reference=charge.reference)
