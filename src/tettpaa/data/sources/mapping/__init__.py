"""Files without a published layout: a person points at the columns, and what is left are figures of schools."""
