"""What a hazard may do, by when, and who sees to it: values in, verdicts out."""
