"""Who is who: names of one thing joined, names of two things kept apart."""

from generator.resolve.folder import resolve
from generator.resolve.published import Published, published

__all__ = ["Published", "published", "resolve"]
