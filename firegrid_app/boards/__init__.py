"""What is posted: the public page of a grid."""
