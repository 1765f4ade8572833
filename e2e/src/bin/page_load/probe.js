// Runs in every measured page before its own scripts. Looks once a frame and notes two moments,
// in milliseconds since the navigation began: `ready`, when the whiteboard is shown and reports
// that it can be used, and `ink`, when its canvases show ink where the measurement draws.
((app, [x, y, width, height], leastInk) => {
  const load = { ready: null, ink: null, error: null };
  const inkHere = () => __e2e.ink(x, y, width, height, app.canvases);

  const look = () => {
    if (load.ready === null) {
      if (app.ready()) {
        load.ready = performance.now();
        if (inkHere() > 0) load.error = 'there is ink before anything was drawn';
      }
    } else if (inkHere() >= leastInk) {
      load.ink = performance.now();
      return;
    }
    requestAnimationFrame(look);
  };

  // Everything that the page has fetched, the page itself first.
  const fetched = () => ['navigation', 'resource'].flatMap((type) => performance.getEntriesByType(type));

  // Bytes with headers, as they came over the network, of what had come by `time`.
  load.bytes = (time) => fetched()
    .filter((entry) => entry.responseEnd > 0 && entry.responseEnd <= time)
    .reduce((sum, entry) => sum + entry.transferSize, 0);

  // Resolves once nothing was fetched for `ms`.
  load.quiet = async (ms) => {
    let last = -1;
    while (fetched().length !== last) {
      last = fetched().length;
      await new Promise((resolve) => { setTimeout(resolve, ms); });
    }
    return true;
  };

  load.paint = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null;

  globalThis.__load = load;
  requestAnimationFrame(look);
})
