"""The authority for every input shape, from which the JSON Schemas are published."""
