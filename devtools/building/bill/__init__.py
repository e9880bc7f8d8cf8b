"""The bill of materials: what the frozen program consists of, under which licences, with their texts."""
