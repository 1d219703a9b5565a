"""Rule files → rules; what is wrong in them is shown at its line."""
