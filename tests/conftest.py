"""What the tests measure is printed at the end of a run, whether they pass or not."""


def pytest_terminal_summary(terminalreporter):
    """Print every figure that a test recorded as `score`, in order."""
    reports = [report for each in ("passed", "failed") for report in terminalreporter.stats.get(each, ())]
    rows = sorted(
        {
            value
            for report in reports
            for name, value in getattr(report, "user_properties", ())
            if name == "score"
        }
    )
    if rows:
        terminalreporter.section("scores on labelled sentences")
        from tests.citations.score import HEAD

        for row in (HEAD, *rows):
            terminalreporter.write_line(row)
