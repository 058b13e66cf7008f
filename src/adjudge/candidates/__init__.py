"""Values that a fact could have, made from what conditions name and compare: edges, list members, nodes, records."""
