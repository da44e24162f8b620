"""Why a list of captures could not be had whole."""

from provenance.model.capture import Unavailable, Unchecked
from provenance.model.errors import ProvenanceError


class CapturesUnlisted(ProvenanceError):
    """Raised while listing captures: `answer` says why. A list that breaks off is never a short list."""

    def __init__(self, answer: Unavailable | Unchecked) -> None:
        super().__init__(f"the captures could not be listed ({answer.reason}): {answer.detail}")
        self.answer = answer
