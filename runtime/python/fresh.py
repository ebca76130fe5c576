"""Makes new what a snapshot would repeat on every visit."""

import logging
import random
import sys
import tempfile
import time


def freshen() -> None:
    """To be called when the memory was restored, before any code runs."""
    random.seed()
    if numpy_random := sys.modules.get("numpy.random"):
        numpy_random.seed()
    tempfile._name_sequence = None
    logging._startTime = time.time_ns() if sys.version_info >= (3, 13) else time.time()
