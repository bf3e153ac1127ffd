"""An application: who asks for what, its way from draft to closed, and what is missing on it."""
