"""A small language model that ranks films by how likely their titles are."""
