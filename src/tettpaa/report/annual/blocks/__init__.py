"""The chapters of the report, one file each; a new file here is a new chapter."""
