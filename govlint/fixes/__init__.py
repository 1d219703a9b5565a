"""Reports mended: edits of findings made in the file, and proved by checking it again."""
