"""What an answer showed and how it was spoken: checklist, timing, advice, report."""
