"""The judge: made-up annual reports with exactly known truth. Imports nothing of govlint."""
