"""What is wrong with an input, said to the person who gave it."""

from __future__ import annotations


class InputError(ValueError):
    """Something asked for that cannot be answered; the message says what to change."""
