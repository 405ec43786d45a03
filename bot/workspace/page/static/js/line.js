// Whether this page hears the workspace. While it does not, it may show what is no longer so: nothing is done from it.

/** What a person reads who acts meanwhile. */
export const DOWN = "The workspace cannot be reached right now, so nothing was sent. This page says when it is back.";

let down = false;

/** Whether the line is lost; it stands again once the page has shown what it missed. */
export function isDown() {
  return down;
}

/** Note that the line was lost, or stands again. */
export function setDown(now) {
  down = now;
}
