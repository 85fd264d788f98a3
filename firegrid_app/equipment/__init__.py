"""Fire equipment: what there is, where, who keeps it, when it is tested again."""
