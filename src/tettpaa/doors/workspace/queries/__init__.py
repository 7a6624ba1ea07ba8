"""One module a page: each makes its page whole, from suppressed figures and the statistics."""
