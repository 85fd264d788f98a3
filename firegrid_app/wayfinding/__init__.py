"""Find my grid: by the words of an address, or by where one stands."""
