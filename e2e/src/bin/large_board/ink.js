// Runs in a page whose ink is timed. A mark is an x coordinate on the way of a stroke at height `y`.
// Times are milliseconds that all pages of the browser share.
(() => {
  // The rectangle around a mark that is looked at, in pixels.
  const [WIDE, HIGH] = [4, 24];
  // The background has dots, of at most so many pixels; a stroke has at least so many.
  const [DOTS, STROKE] = [4, 6];

  const pixels = (x, y) => __e2e.ink(x - WIDE / 2, y - HIGH / 2, WIDE, HIGH);
  const shared = (time) => performance.timeOrigin + time;
  const ink = {};

  // The marks with nothing but background. At others the new ink might not change a pixel.
  ink.free = (marks, y) => marks.filter((x) => pixels(x, y) <= DOTS);

  // Notes when the pointer passes each mark. `pointermove` alone would be late: the browser holds it
  // back until a frame, and a page may draw before.
  ink.follow = (marks) => {
    const passed = marks.map(() => null);
    const events = ['pointerrawupdate', 'pointermove'];
    const note = (event) => {
      marks.forEach((x, i) => {
        if (passed[i] === null && event.buttons && event.clientX >= x) passed[i] = shared(event.timeStamp);
      });
      if (passed.includes(null)) return;
      for (const name of events) removeEventListener(name, note, { capture: true });
    };
    for (const name of events) addEventListener(name, note, { capture: true });
    ink.passed = passed;
  };

  // Looks once a frame and notes the first one with ink at each mark.
  ink.watch = (marks, y) => {
    const seen = marks.map(() => null);
    const look = () => {
      marks.forEach((x, i) => {
        if (seen[i] === null && pixels(x, y) >= STROKE) seen[i] = shared(performance.now());
      });
      if (seen === ink.seen && seen.includes(null)) requestAnimationFrame(look);
    };
    ink.seen = seen;
    requestAnimationFrame(look);
  };

  // Resolves with those times when each mark has ink, or after `ms`.
  ink.end = async (ms) => {
    const { seen } = ink;
    const end = performance.now() + ms;
    while (seen.includes(null) && performance.now() < end) await new Promise(requestAnimationFrame);
    ink.seen = null;
    return seen;
  };

  globalThis.__ink = ink;
})();
