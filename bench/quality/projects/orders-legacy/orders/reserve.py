"""Reserves stock for an order (old order service)."""

from datetime import timedelta

HOLD_FOR = timedelta(hours=2)


def reserve(shelf, order, count, now):
    """Sets pieces aside for an order; a nightly job puts back what was never paid."""
    if shelf.pieces < count:
        raise ValueError("sold out")
    shelf.pieces -= count
    shelf.reservations.append((order, count, now + HOLD_FOR))
