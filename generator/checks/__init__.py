"""Is the knowledge base sound? Every fault at once, each with file, line and a way out.

Each module looks at one thing and knows nothing of the disk: texts in, faults out.
"""
