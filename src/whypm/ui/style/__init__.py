"""How it looks: colours, sizes, letters, the style sheet made of them, and times as a clock shows them."""
