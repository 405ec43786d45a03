"""The local trial: workspace and Headsup in one process, on one adjustable clock."""
