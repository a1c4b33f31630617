"""Cards to Markdown pages and data files: looked up, made into views, printed by templates."""
