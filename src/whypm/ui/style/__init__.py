"""How it looks: colours, sizes, letters and the style sheet made of them."""
