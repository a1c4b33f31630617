"""Who is who: names of one thing joined, names of two things kept apart."""

from generator.resolve.folder import resolve

__all__ = ["resolve"]
