"""A census of reports: one row for each, what the rules found in it and its key figures. Judges each file alone."""
