"""Who is who: names of one thing joined, names of two things kept apart."""

from generator.resolve.folder import Alone, find_alone, find_things, make_entities, resolve
from generator.resolve.kept_ids import settle_ids
from generator.resolve.published import Published, published

__all__ = [
    "Alone",
    "Published",
    "find_alone",
    "find_things",
    "make_entities",
    "published",
    "resolve",
    "settle_ids",
]
