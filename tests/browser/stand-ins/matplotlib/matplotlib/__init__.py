"""A stand-in: figures that are one colour."""
