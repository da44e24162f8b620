"""Findings set down and read back."""

from provenance.pipeline import spool as spools
from provenance.pipeline.spool import Spool
from tests.report.sample import sample_contents


def test_findings_come_back_as_they_were_any_number_of_times(monkeypatch):
    monkeypatch.setattr(spools, "IN_MEMORY", 1000)
    spool = Spool()
    for finding in sample_contents().findings:
        spool.add(finding)
    assert list(spool) == sample_contents().findings
    assert list(spool) == sample_contents().findings
    spool.close()


def test_two_walks_at_once_do_not_disturb_each_other():
    spool = Spool()
    for finding in sample_contents().findings:
        spool.add(finding)
    paths = [finding.path for finding in sample_contents().findings]
    assert [(one.path, two.path) for one, two in zip(spool, spool, strict=True)] == [
        (path, path) for path in paths
    ]
    spool.close()
