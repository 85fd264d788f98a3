"""Floors and peers, each as plain as its kind gets. They are measured, not used."""
