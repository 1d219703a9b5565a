"""The nouns of govlint: frozen data that every other room shares. Imports nothing else of govlint."""
