"""The journal: what was asked for, written down before it is done."""

import json
import os


class Journal:
    """One line for each step. A charge is written down before the card network is called: after a crash in between,
    the open line tells which charge to look up at the network. Written afterwards, a charge that went through just
    before a crash would be lost, and the customer would be charged again."""

    def __init__(self, path):
        self._file = open(path, "a", encoding="utf8")

    def write(self, step, **values):
        self._file.write(json.dumps({"step": step, **values}) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())
