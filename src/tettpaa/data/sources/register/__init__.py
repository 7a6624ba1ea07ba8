"""What the national registers say of schools and municipalities, and what of it is new here. Plain Python."""
