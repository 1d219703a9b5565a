"""Sentences as offices write them, to measure how well the rules that hold text against tables read them.

The corpora are YAML lists of items: a sentence with slots for the figures of the tables, or a trap, whose numbers must
not be taken for them. ``corpus`` loads them, ``figures`` draws numbers that keep all totals of the form, ``reports``
prints a whole report round the sentence, ``scoring`` tells what the rules said of it. To measure:

    python -m tests.prose [FILE…] [-v] [--seed N] [--times K]
"""
