// The panel at the side: moving time, switching faults, following the tour.
import "./side-faults.js";
import "./side-time.js";
import "./side-tour.js";
