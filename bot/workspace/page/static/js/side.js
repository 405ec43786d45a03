// The panel at the side: the tour, time and faults.
