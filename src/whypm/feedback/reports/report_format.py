"""The format "whypm-report/1": reports to JSON and back."""

from whypm.feedback.reports.report_reading import report_from_json
from whypm.feedback.reports.report_writing import FORMAT, report_to_json

__all__ = ["FORMAT", "report_from_json", "report_to_json"]
