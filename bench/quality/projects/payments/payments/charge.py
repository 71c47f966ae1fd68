"""Charges a card, once for each idempotency key."""


class Charges:
    def __init__(self, journal, network):
        self._journal = journal
        self._network = network
        self._done = {}

    def charge(self, idempotency_key, amount, currency):
        """Answers POST /charges. A key that is known already gets the first answer again."""
        if idempotency_key in self._done:
            return self._done[idempotency_key]
        self._journal.write("charging", key=idempotency_key, amount=amount, currency=currency)
        answer = self._network.charge(amount, currency)
        self._journal.write("charged", key=idempotency_key, reference=answer["reference"])
        self._done[idempotency_key] = answer
        return answer
