"""How the judge's weights are made and measured. Not shipped."""
