"""Stories as the plain values of the machine output (docs/reference/json.md)."""

from provenance.model.outlet import Outlet
from provenance.model.story import Drift, Edge, Evidence, MissingLink, Place, Root, Story, Witness
from provenance.report.records import Record

SCHEMA = "provenance/trace/1"


def story_record(story: Story) -> Record:
    """One story of `provenance/trace/1`."""
    return {
        "id": story.id,
        "title": story.title,
        "articles": list(story.articles),
        "roots": [_root(root) for root in story.roots],
        "independent_origins": {
            "low": story.origins.low,
            "high": story.origins.high,
            "merges": [
                {"what": list(merge.what), "because": merge.because, "certain": merge.certain}
                for merge in story.origins.merges
            ],
        },
        "edges": [_edge(edge) for edge in story.edges],
        "loops": [list(loop) for loop in story.loops],
        "impossible": [{"edge": each.edge, "reason": each.reason} for each in story.impossible],
        "weakest_link": story.weakest_link,
        "missing": [_missing(link) for link in story.missing],
        "drift": [_drift(drift) for drift in story.drift],
    }


def outlet_record(outlet: Outlet | None) -> Record | None:
    """An outlet as every record has it."""
    if outlet is None:
        return None
    return {"name": outlet.name, "name_native": outlet.name_native, "domain": outlet.domain}


def _root(root: Root) -> Record:
    return {
        "outlet": outlet_record(root.witness.outlet),
        "path": root.witness.path,
        "in_vault": root.in_vault,
        "share": root.share,
    }


def _edge(edge: Edge) -> Record:
    return {
        "from": _witness(edge.taker),
        "to": _witness(edge.giver),
        "direction": edge.direction,
        "relation": edge.relation,
        "bases": list(edge.bases),
        "confidence": edge.confidence,
        "regime": edge.regime,
        "evidence": [_evidence(each) for each in edge.evidence],
    }


def _witness(witness: Witness) -> Record:
    return {"path": witness.path, "outlet": outlet_record(witness.outlet), "lost": witness.lost}


def _evidence(evidence: Evidence) -> Record:
    place = evidence.place
    return {
        "path": place.path if place else None,
        "start": place.start if place else None,
        "end": place.end if place else None,
        "text": place.text if place else None,
        "basis": evidence.basis,
        "because": evidence.because,
        "log_odds": evidence.log_odds,
    }


def _missing(link: MissingLink) -> Record:
    return {"outlet": outlet_record(link.outlet), "url": link.url, "cited_by": list(link.cited_by)}


def _drift(drift: Drift) -> Record:
    return {
        "fact": drift.fact,
        "material": list(drift.material),
        "variants": [
            {
                "value": variant.value,
                "root_side": variant.root_side,
                "witnesses": [_place(place) for place in variant.witnesses],
            }
            for variant in drift.variants
        ],
        "changed_at": list(drift.changed_at),
    }


def _place(place: Place) -> Record:
    return {"path": place.path, "start": place.start, "end": place.end, "text": place.text}
