"""Entities as cards: the schema, the YAML files, and what is checked in them."""
