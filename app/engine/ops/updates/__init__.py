"""What optimizers do to a parameter: one write w ← update(w, gradient) per parameter and step."""
