"""The pages of the room: the plan, coverage and requirements, one's own page, staff, development, practice."""
