"""May this be done now; each guard is a statement that is true when it may."""
