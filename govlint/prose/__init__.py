"""What running text says in numbers: text → words of known meaning → claims about cells, sums and shares."""
