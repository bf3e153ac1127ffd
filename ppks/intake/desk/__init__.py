"""The import desk: upload, job with progress, preview, decision, result, history, undo."""
