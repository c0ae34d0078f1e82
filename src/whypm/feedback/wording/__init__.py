"""How the speaker is told: their own words as quotes, and ours for the checklist and each item of it."""
