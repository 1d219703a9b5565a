"""Very many reports: each checked alone, results in a folder of files of equal length, which another run completes."""
