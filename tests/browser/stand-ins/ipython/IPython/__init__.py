"""A stand-in: without a notebook around it, its display() prints."""
