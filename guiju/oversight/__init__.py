"""Who watches: assurance, assessment, notices, reports, printed papers."""
