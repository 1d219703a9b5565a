"""The data of govlint: editions, rules, words. No code."""
