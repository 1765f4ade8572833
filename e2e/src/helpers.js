// Injected into every page before its own scripts: what the tests read from a board.
// It only looks; it changes nothing of the page.
(() => {
  const TOLERANCE = 24;
  const board = () => document.querySelector('main[aria-label="Board"]');
  let scratch = null;

  // The canvases of the board (or those that `selector` finds), one above the other, as they
  // stand in the rectangle (CSS pixels).
  const compose = (x, y, width, height, selector = 'main[aria-label="Board"] canvas') => {
    const canvases = document.querySelectorAll(selector);
    if (!canvases.length) return null;
    if (!scratch) {
      scratch = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    }
    scratch.canvas.width = width;
    scratch.canvas.height = height;
    scratch.clearRect(0, 0, width, height);
    for (const canvas of canvases) {
      const box = canvas.getBoundingClientRect();
      if (!canvas.width || !canvas.height || !box.width || !box.height) continue;
      scratch.drawImage(canvas, box.x - x, box.y - y, box.width, box.height);
    }
    return scratch.getImageData(0, 0, width, height).data;
  };

  const mostCommon = (data) => {
    const counts = new Map();
    let best = 0, most = -1;
    for (let i = 0; i < data.length; i += 4) {
      const key = (data[i] << 24) | (data[i + 1] << 16) | (data[i + 2] << 8) | data[i + 3];
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count > most) { most = count; best = key; }
    }
    return [(best >>> 24) & 255, (best >>> 16) & 255, (best >>> 8) & 255, best & 255];
  };

  // Pixels in the rectangle that are not its commonest colour, the board's background.
  const ink = (x, y, width, height, selector) => {
    const data = compose(x, y, width, height, selector);
    if (!data) return 0;
    const ground = mostCommon(data);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      for (let channel = 0; channel < 4; channel++) {
        if (Math.abs(data[i + channel] - ground[channel]) > TOLERANCE) { count++; break; }
      }
    }
    return count;
  };

  const picture = (x, y, width, height) => {
    const data = compose(x, y, width, height);
    if (!data) return null;
    let binary = '';
    for (let i = 0; i < data.length; i += 32768) {
      binary += String.fromCharCode(...data.subarray(i, i + 32768));
    }
    return btoa(binary);
  };

  // Resolves at the next frame, or soon where none comes (a hidden tab). The board writes
  // its state at each frame, and its callback runs before this one.
  const frame = () => new Promise((resolve) => {
    requestAnimationFrame(() => resolve());
    setTimeout(resolve, document.hidden ? 50 : 1000);
  });

  // Resolves with `condition()` as soon as it is truthy at a frame, or with null when `ms`
  // have passed. It waits for one frame first, because the board may not have written yet
  // what the last key or click did.
  const until = async (condition, ms) => {
    const end = performance.now() + ms;
    while (true) {
      await frame();
      let value = null;
      try { value = condition(); } catch { value = null; }
      if (value) return value;
      if (performance.now() > end) return null;
    }
  };

  const status = () => document.querySelector('[role="status"]')?.textContent.trim() ?? '';
  const data = (name) => Number(board()?.getAttribute(`data-${name}`) ?? NaN);
  const dataNextFrame = (name) => frame().then(() => data(name));

  Object.defineProperty(globalThis, '__e2e', { value: { ink, picture, until, status, data, dataNextFrame } });
})();
