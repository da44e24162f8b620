"""Findings as the plain values of the machine output (docs/reference/json.md)."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from provenance.model.article import PassedOver, SetAside
from provenance.model.capture import Capture
from provenance.model.citation import Citation
from provenance.model.finding import ArticleFinding, Run
from provenance.model.judgement import Judgement
from provenance.model.outlet import Outlet
from provenance.model.problem import Problem
from provenance.model.verification import Comparison, Difference, Excerpt, Verification

Record = dict[str, Any]

# `report` renders what the database holds, in the form of `check`.
SCHEMA_OF_VERB: Mapping[str, str] = {
    "check": "provenance/check/1",
    "verify": "provenance/verify/1",
    "cite": "provenance/cite/1",
    "reuse": "provenance/reuse/1",
    "report": "provenance/check/1",
}


def article_record(finding: ArticleFinding, verb: str) -> Record:
    """One article's record of `verb`'s output."""
    schema = SCHEMA_OF_VERB[verb]
    record: Record = {
        "schema": schema,
        "path": finding.path,
        "content_sha256": finding.content_sha256,
        "readable": finding.readable,
        "outlet": _outlet(finding.outlet),
        "url": finding.url,
        "title": finding.title,
        "published": _moment(finding.published),
        "language": {"declared": finding.language.declared, "detected": finding.language.detected},
        "problems": [_problem(problem) for problem in finding.problems],
    }
    if verb not in ("cite", "reuse"):
        record["verification"] = finding.verification and _verification(finding.verification)
    if verb not in ("verify", "reuse"):
        record["citations"] = [_citation(citation) for citation in finding.citations or ()]
    return record


def run_record(run: Run) -> Record:
    """The run that the output is of."""
    return {
        "verb": run.verb,
        "paths": list(run.paths),
        "version": run.version,
        "started_at": _moment(run.started_at),
        "finished_at": _moment(run.finished_at),
        "accuracy": [asdict(each) for each in run.accuracy],
    }


def passed_over_record(passed: PassedOver) -> Record:
    """A file that is no article, with the reason."""
    return {"path": passed.path, "reason": passed.reason}


def _outlet(outlet: Outlet | None) -> Record | None:
    if outlet is None:
        return None
    return {"name": outlet.name, "name_native": outlet.name_native, "domain": outlet.domain}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _problem(problem: Problem) -> Record:
    return {"code": problem.code, "field": problem.field, "message": problem.message}


def _set_aside(stretch: SetAside) -> Record:
    return {"start": stretch.start, "end": stretch.end, "reason": stretch.reason}


def _citation(citation: Citation) -> Record:
    return {
        "outlet": _outlet(citation.outlet),
        "kind": citation.kind,
        "evidence": citation.evidence,
        "start": citation.start,
        "end": citation.end,
        "sentence": citation.sentence,
        "rule": citation.rule,
        "confidence": citation.confidence,
        "judgement": citation.judgement and _judgement(citation.judgement),
    }


def _judgement(judgement: Judgement) -> Record:
    return {
        "word": judgement.word,
        "note": judgement.note,
        "judged_at": _moment(judgement.judged_at),
    }


def _verification(verification: Verification) -> Record:
    return {
        "verdict": str(verification.verdict),
        "reason": verification.reason,
        "detail": verification.detail,
        "method": verification.method,
        "link": verification.link,
        **_comparison(verification.comparison),
        "set_aside": [_set_aside(stretch) for stretch in verification.set_aside],
        "capture": verification.capture and _capture(verification.capture),
        "neighbour": verification.neighbour and _verification(verification.neighbour),
        "also": [_verification(other) for other in verification.also],
    }


def _comparison(comparison: Comparison | None) -> Record:
    if comparison is None:
        return {
            "sentences": None,
            "coverage": None,
            "differences": [],
            "formatting_differences": 0,
            "notes": [],
        }
    sentences = comparison.sentences
    return {
        "sentences": {
            "total": sentences.total,
            "held": sentences.held,
            "places": {
                "visible": sentences.visible,
                "json-ld": sentences.json_ld,
                "noscript": sentences.noscript,
                "hidden": sentences.hidden,
            },
        },
        "coverage": {"saved": comparison.coverage.saved, "captured": comparison.coverage.captured},
        "differences": [_difference(difference) for difference in comparison.differences],
        "formatting_differences": comparison.formatting_differences,
        "notes": list(comparison.notes),
    }


def _difference(difference: Difference) -> Record:
    return {
        "kind": difference.kind,
        "material": list(difference.material),
        "saved": difference.saved and _excerpt(difference.saved),
        "captured": difference.captured and _excerpt(difference.captured),
    }


def _excerpt(excerpt: Excerpt) -> Record:
    return {
        "start": excerpt.start,
        "end": excerpt.end,
        "text": excerpt.text,
        "context": excerpt.context,
    }


def _capture(capture: Capture) -> Record:
    return {
        "archive": capture.archive,
        "requested": capture.requested,
        "original": capture.original,
        "timestamp": capture.timestamp,
        "status": capture.status,
        "media_type": capture.media_type,
        "charset": capture.charset,
        "sha256": capture.sha256,
        "payload_digest": capture.payload_digest,
        "fetched_at": _moment(capture.fetched_at),
    }
