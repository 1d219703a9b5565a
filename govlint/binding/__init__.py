"""Document + editions → Report: tables first, then sections, then facts. Never a guess."""
