"""What is due when: values in, dated duties out."""
