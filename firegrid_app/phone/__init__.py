"""What lives on the phone: store, outbox, capture forms. JavaScript beside its Python names."""
