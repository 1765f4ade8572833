// Draws strokes on a canvas and does nothing else that a whiteboard does: no elements that change, no
// tiles, no index, no network after the load. Each change of the view draws all strokes in it anew.
//
// A stroke is one line through its points, as wide as its mean pressure asks, in a path that is made
// once. That is the least work that still looks like ink: a width for each segment needs a call for
// each segment, an outline has twice the points, and making the paths again for each change of the
// view took half as long again.
//
// The measuring program drives it like a board, so it has the same elements and attributes, and
// `Shift+1` shows all. `?strokes=5000` says which file it draws.

// A stroke in the file: colour, width, number of points, and three numbers for each point.
const HEAD = 3;
const EACH = 3;
// As in the client: zoom per pixel of the wheel, free space around all strokes, and the limits.
const WHEEL_ZOOM = 0.01;
const MARGIN = 0.08;
const [MIN_ZOOM, MAX_ZOOM] = [0.05, 30];

const main = document.querySelector('main');
const canvas = main.querySelector('canvas');
const context = canvas.getContext('2d');
// The strokes, and what they cover.
const strokes = [];
const all = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
// A reload keeps the view: the place of the origin in pixels, and the zoom.
const view = JSON.parse(sessionStorage.getItem('view'))
  ?? { x: innerWidth / 2, y: innerHeight / 2, zoom: 1 };

const read = (buffer) => {
  const [numbers, integers] = [new Float32Array(buffer), new Uint32Array(buffer)];
  for (let at = 0; at < numbers.length;) {
    const count = integers[at + 2];
    const points = numbers.subarray(at + HEAD, at + HEAD + EACH * count);
    strokes.push(stroke(`#${integers[at].toString(16).padStart(6, '0')}`, numbers[at + 1], points));
    at += HEAD + EACH * count;
  }
};

const stroke = (color, width, points) => {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  let pressure = 0;
  for (let i = 0; i < points.length; i += EACH) {
    grow(box, points[i], points[i + 1], width);
    pressure += points[i + 2];
  }
  grow(all, box.left, box.top, 0);
  grow(all, box.right, box.bottom, 0);
  return { color, width: width * (0.5 + (pressure * EACH) / points.length), points, path: null, ...box };
};

const grow = (box, x, y, by) => {
  box.left = Math.min(box.left, x - by);
  box.right = Math.max(box.right, x + by);
  box.top = Math.min(box.top, y - by);
  box.bottom = Math.max(box.bottom, y + by);
};

const line = (points) => {
  const path = new Path2D();
  path.moveTo(points[0], points[1]);
  for (let i = EACH; i < points.length; i += EACH) path.lineTo(points[i], points[i + 1]);
  return path;
};

const paint = () => {
  const { x, y, zoom } = view;
  context.resetTransform();
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.setTransform(zoom, 0, 0, zoom, x, y);
  const [left, top] = [-x / zoom, -y / zoom];
  const [right, bottom] = [left + canvas.width / zoom, top + canvas.height / zoom];
  for (const it of strokes) {
    if (it.right < left || it.left > right || it.bottom < top || it.top > bottom) continue;
    context.strokeStyle = it.color;
    context.lineWidth = it.width;
    context.stroke(it.path ??= line(it.points));
  }
  globalThis.__probe?.changed();
};

let isAsked = false;
const look = (x, y, zoom) => {
  Object.assign(view, { x, y, zoom });
  sessionStorage.setItem('view', JSON.stringify(view));
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => { isAsked = false; paint(); });
};

const limited = (zoom) => Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));

main.addEventListener('wheel', (event) => {
  event.preventDefault();
  const { x, y, zoom } = view;
  if (!event.ctrlKey) return look(x - event.deltaX, y - event.deltaY, zoom);
  const next = limited(zoom * Math.exp(-event.deltaY * WHEEL_ZOOM));
  const scale = next / zoom;
  look(event.clientX + (x - event.clientX) * scale, event.clientY + (y - event.clientY) * scale, next);
}, { passive: false });

addEventListener('keydown', (event) => {
  if (event.code !== 'Digit1' || !event.shiftKey) return;
  const [width, height] = [all.right - all.left, all.bottom - all.top];
  const room = 1 - 2 * MARGIN;
  const zoom = limited(Math.min((canvas.width * room) / width, (canvas.height * room) / height, 1));
  look(canvas.width / 2 - zoom * (all.left + width / 2), canvas.height / 2 - zoom * (all.top + height / 2), zoom);
});

// Ink goes onto the canvas as soon as the browser tells of the pointer, before the next frame.
let last = null;
main.addEventListener('pointerdown', (event) => { last = event; });
main.addEventListener('pointerup', () => { last = null; });
main.addEventListener('pointerrawupdate', (event) => {
  if (!last) return;
  context.resetTransform();
  context.strokeStyle = '#1d2026';
  context.lineWidth = 4;
  context.lineCap = 'round';
  context.beginPath();
  context.moveTo(last.clientX, last.clientY);
  context.lineTo(event.clientX, event.clientY);
  context.stroke();
  last = event;
  globalThis.__probe?.changed();
});

const count = new URLSearchParams(location.search).get('strokes');
[canvas.width, canvas.height] = [innerWidth, innerHeight];
context.lineJoin = 'round';
read(await (await fetch(`strokes-${count}.bin`)).arrayBuffer());
paint();
main.dataset.elements = strokes.length;
document.querySelector('[role="status"]').textContent = 'Saved';
