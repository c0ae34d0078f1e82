"""Single things on the screen: each shows values that it is given and tells what the user wants."""
