"""Fetching from the publishers' open interfaces: politely, from named hosts only, resumable, every answer kept as it came."""
