// Where on the page an element belongs.

/** Where an element stands, as `press` takes it: {channel, ts} | {view_id} | {home}; null outside of a surface. */
export function surfaceOf(element) {
  const surface = element.closest("[data-surface]")?.dataset;
  if (!surface) return null;
  if (surface.view) return { view_id: surface.view };
  return "home" in surface ? { home: true } : { channel: surface.channel, ts: surface.ts };
}
