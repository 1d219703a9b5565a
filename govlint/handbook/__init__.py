"""What people read about rules and write rules with: pages, described schemas, skeletons of new rules."""
