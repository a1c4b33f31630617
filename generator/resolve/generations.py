"""What tells a son from his father: 'Jr.', 'Sr.', 'Filho'."""

from __future__ import annotations

from generator import names

# What tells a son from his father, and what it stands for.
GENERATIONS = {
    "jr": "jr", "junior": "jr", "filho": "jr", "fils": "jr", "ii": "ii", "iii": "iii", "iv": "iv",
    "sr": "sr", "senior": "sr", "pere": "sr", "neto": "neto",
}  # fmt: skip


def generations(name: str) -> frozenset[str]:
    """Return the "Jr." or "Sr." of a name as a set, empty without.

    >>> generations("Robert Ames Jr.")
    frozenset({'jr'})
    """
    words = names.key(name).split()
    told = GENERATIONS.get(words[-1]) if len(words) > 1 else None
    return frozenset([told] if told else [])
