"""Door to the disk: the files of a vault, read into articles."""

from provenance.vault.audit import audit_capture
from provenance.vault.read import read_vault
from provenance.vault.settings import vault_outlets

__all__ = ["audit_capture", "read_vault", "vault_outlets"]
