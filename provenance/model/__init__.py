"""The words every room speaks: frozen, typed values, standard library only. One concept a file."""
