"""What pages call kinds and properties: plain values, filled from the schema by the caller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TypeLabel:
    """What a kind of card is called: `folder` in addresses, `label` for one, `plural` for many."""

    folder: str
    label: str
    plural: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class PropertyLabel:
    """What a property is called on its own card and, as `other_end`, on the card it points at.

    Properties are listed by `order`; `sensitive` ones stay off the pages until accepted.
    """

    label: str
    other_end: str
    order: int = 0
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Labels:
    """The vocabulary of the pages: kinds by type, in the order they are listed, and properties."""

    types: Mapping[str, TypeLabel]
    properties: Mapping[str, PropertyLabel] = field(default_factory=dict)


# After every property that the schema puts in an order.
LAST = 10_000


def property_label(labels: Labels, name: str) -> PropertyLabel:
    """Return the label of a property; one the schema doesn't know reads as it is spelled."""
    words = name.replace("_", " ").capitalize()
    return labels.properties.get(name, PropertyLabel(words, words, LAST))
