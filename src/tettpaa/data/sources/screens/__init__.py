"""What the pages of this room show, put together from rows: sentences, steps, excerpts, tables."""
