"""Many files: worker processes, a time limit for each file, results that are kept for the next run."""
