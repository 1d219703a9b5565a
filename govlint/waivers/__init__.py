"""Diagnostics that somebody has accepted, with a reason: files of waivers, baselines, comments in reports."""
