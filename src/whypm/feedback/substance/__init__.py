"""What is in an answer, whatever the checklist asks: its parts, reasons, names, numbers and outcomes."""
