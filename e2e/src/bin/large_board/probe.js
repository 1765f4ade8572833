// Runs in every measured page before its own scripts. Notes when the first canvas of the board
// changes, which shows its elements, how far apart the frames are, and long tasks; times are
// milliseconds since the navigation began.
(() => {
  const probe = { drawn: null, ink: null, tasks: [] };
  let isDrawn = false;
  let frames = null;

  // A page that draws in another way tells of it by this.
  probe.changed = () => { isDrawn = true; };

  // Elements come onto the canvas of a board as images.
  const { drawImage } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.drawImage = function (...all) {
    if (this.canvas.isConnected && this.canvas === document.querySelector('main canvas')) probe.changed();
    return drawImage.apply(this, all);
  };

  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) probe.tasks.push([task.startTime, task.duration]);
  }).observe({ type: 'longtask', buffered: true });

  // The canvases of the page, small: whether anything is painted on them.
  const small = document.createElement('canvas');
  [small.width, small.height] = [160, 100];
  const hasInk = () => {
    const context = small.getContext('2d', { willReadFrequently: true });
    context.clearRect(0, 0, small.width, small.height);
    for (const canvas of document.querySelectorAll('main canvas')) {
      if (canvas.width && canvas.height) context.drawImage(canvas, 0, 0, small.width, small.height);
    }
    return context.getImageData(0, 0, small.width, small.height).data.some((part) => part > 0);
  };

  const look = (time) => {
    frames?.push(time);
    // What was drawn since the last frame has been painted by now.
    if (isDrawn) {
      isDrawn = false;
      probe.drawn = performance.now();
      if (probe.ink === null && hasInk()) probe.ink = probe.drawn;
      isDrawn = false;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  const frame = () => new Promise(requestAnimationFrame);
  const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

  // Resolves with the time of the last change once nothing has changed for `quiet` ms.
  probe.still = async (quiet) => {
    while (isDrawn || performance.now() - (probe.drawn ?? 0) < quiet) await sleep(50);
    return probe.drawn;
  };

  // Calls `act` for each of `count` frames; the times between them.
  probe.run = async (count, act) => {
    await frame();
    frames = [];
    for (let number = 0; number < count; number += 1) {
      act(number, count);
      await frame();
    }
    await frame();
    const times = frames;
    frames = null;
    return times.slice(1).map((time, index) => time - times[index]);
  };

  // Calls `act`, waits until it shows and then until nothing changes any more, and tells the longest time
  // between two frames and the longest task meanwhile, and how long it was until the last change. An act
  // that shows nothing for five seconds has failed.
  probe.once = async (act, quiet) => {
    await frame();
    const begin = performance.now();
    frames = [];
    isDrawn = false;
    const { drawn } = probe;
    act();
    while (probe.drawn === drawn) {
      if (performance.now() > begin + 5000) throw new Error('nothing changed');
      await frame();
    }
    await probe.still(quiet);
    const times = frames;
    frames = null;
    const gaps = times.slice(1).map((time, index) => time - times[index]);
    const tasks = probe.tasks.filter(([start]) => start >= begin).map(([, duration]) => duration);
    return [Math.max(0, ...gaps), Math.max(0, ...tasks), probe.drawn - begin];
  };

  const target = () => document.querySelector('main');
  probe.wheel = (deltaX, deltaY, ctrlKey, at) => target().dispatchEvent(new WheelEvent('wheel', {
    deltaX, deltaY, ctrlKey, clientX: at[0], clientY: at[1], bubbles: true, cancelable: true,
  }));
  probe.pointer = (type, buttons, clientX, clientY) => target().dispatchEvent(new PointerEvent(type, {
    pointerId: 1, pointerType: 'mouse', isPrimary: true, button: type === 'pointermove' ? -1 : 0,
    buttons, clientX, clientY, bubbles: true, cancelable: true,
  }));
  probe.key = (key, code, modifiers = {}) => target().dispatchEvent(new KeyboardEvent('keydown', {
    key, code, bubbles: true, cancelable: true, ...modifiers,
  }));

  // Long tasks that began since `begin`: how many, and their time in all.
  probe.long = (begin) => {
    const since = probe.tasks.filter(([start]) => start >= begin);
    return [since.length, since.reduce((sum, [, duration]) => sum + duration, 0)];
  };

  globalThis.__probe = probe;
})();
