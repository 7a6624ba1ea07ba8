"""The pages of the room: the owner's plan, the rest of the system, the schools' own plans."""
