"""What residents report without an account, and what they are told of it."""
