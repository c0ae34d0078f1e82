"""How the speaker is told: their own words as quotes, and ours for each item of the checklist."""
