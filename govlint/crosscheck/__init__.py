"""Several reports together: which belong together, and what a rule may see of the others."""
