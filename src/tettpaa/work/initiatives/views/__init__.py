"""The pages: initiatives, and their effect reviews."""
