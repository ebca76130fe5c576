"""Makes new what a snapshot would repeat on every visit."""

import logging
import random
import sys
import tempfile
import time
import types


def freshen() -> None:
    """To be called when the memory was restored, before any code runs."""
    # The generators of modules, `random` and others: SymPy has one.
    for module in [each for each in sys.modules.values() if isinstance(each, types.ModuleType)]:
        for value in [*vars(module).values()]:
            if issubclass(type(value), random.Random):
                value.seed()
    if numpy_random := sys.modules.get("numpy.random"):
        numpy_random.seed()
    tempfile._name_sequence = None
    logging._startTime = time.time_ns() if sys.version_info >= (3, 13) else time.time()
