"""Check that archived copies hold what was saved, and trace which outlet a story comes from."""

__version__ = "0.1.0"
