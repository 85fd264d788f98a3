"""Messages that leave the server: one digest a day, urgent ones at once, by SMS or group robot."""
