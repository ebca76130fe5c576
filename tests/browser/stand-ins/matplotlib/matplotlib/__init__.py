"""A stand-in: figures that are one colour."""


def use(backend):
    assert backend == "agg"


def is_interactive():
    return False
