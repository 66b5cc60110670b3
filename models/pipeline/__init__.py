"""Glassrec's training pipeline: from rating files to the artefacts the site ships."""
