"""The language server: what editors that speak the Language Server Protocol are told while someone types."""
