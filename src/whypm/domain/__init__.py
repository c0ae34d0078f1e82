"""The words of the field, as frozen values. Standard library only."""
