"""``html``: one page with the reports as read, every finding marked in them, and a card for each."""
