"""Charts: one Vega-Lite spec, one text alternative and one table per chart, from suppressed values only."""
