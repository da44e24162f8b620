"""Door to the disk: the files of a vault, read into articles."""

from provenance.vault.audit import audit_capture
from provenance.vault.own_outlet import append_outlet, settings_file
from provenance.vault.read import read_vault
from provenance.vault.settings import vault_outlets

__all__ = ["append_outlet", "audit_capture", "read_vault", "settings_file", "vault_outlets"]
