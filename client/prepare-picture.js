// Prepares pictures for a board. client/boot.js loads this after the start of the client.

// The work of a worker: reads a picture and writes it again as it is kept on a board, small enough,
// upright, without metadata such as the place where a photo was taken. The worker is made from this
// text, so that it starts without a connection, too.
const pictureWork = () => {
  // The pixels of a picture that is read: they take 400 MB. A larger one is not decoded at all.
  const MOST_DECODED_PIXELS = 100_000_000;
  // A picture with at most so many pixels is kept without loss, whatever it shows.
  const SMALL_PIXELS = 256 * 256;
  // A picture with at most so many colours among the pixels that are looked at is a drawing, which
  // JPEG would blur.
  const FEW_COLOURS = 256;
  const LOOKED_AT = 40_000;
  // The longer side of the pixels that the blurred preview is made of.
  const PREVIEW_SIDE = 100;
  // Rows that are read at once: their pixels take some megabytes.
  const ROWS = 64;
  const QUALITY = 0.92;

  class Refused extends Error {}

  self.onmessage = async ({ data: { source, most } }) => {
    try {
      postMessage({ picture: await prepared(source, most) });
    } catch (error) {
      postMessage({ error: error instanceof Refused ? error.message : "unreadable" });
    }
  };

  async function prepared(source, most) {
    const isFile = source instanceof Blob;
    const head = isFile ? new Uint8Array(await source.slice(0, 1 << 18).arrayBuffer()) : new Uint8Array();
    const size = dimensions(head);
    if (size && size.width * size.height > MOST_DECODED_PIXELS) {
      throw new Refused("too-many-pixels");
    }
    const image = isFile ? await createImageBitmap(source) : source;
    let scale = Math.min(
      1,
      Math.sqrt(most.pixels / (image.width * image.height)),
      most.side / Math.max(image.width, image.height),
    );
    const isShrunk = scale < 1;
    for (;;) {
      const canvas = drawn(image, scale);
      const content = look(canvas, isJpeg(head));
      const file = await encoded(canvas, content);
      if (file.size <= most.bytes) {
        const isWhole = !isShrunk && canvas.width === image.width;
        image.close();
        const bytes = await file.arrayBuffer();
        return {
          file,
          mediaType: file.type,
          width: canvas.width,
          height: canvas.height,
          sha256: self.crypto?.subtle && new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)),
          preview: preview(canvas),
          isShrunk: !isWhole,
          isFirstFrame: isFile && (await moves(source)),
        };
      }
      scale *= Math.min(0.9, Math.sqrt(most.bytes / file.size));
    }
  }

  function drawn(image, scale) {
    const side = (length) => Math.max(1, Math.floor(length * scale));
    const canvas = new OffscreenCanvas(side(image.width), side(image.height));
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  }

  // Whether a picture is transparent somewhere, and whether it has few colours.
  function look(canvas, isOpaque) {
    const { width, height } = canvas;
    const context = canvas.getContext("2d");
    const step = Math.max(1, Math.floor((width * height) / LOOKED_AT));
    const colours = new Set();
    let isTransparent = false;
    for (let top = 0; top < height && !(isTransparent && colours.size > FEW_COLOURS); top += ROWS) {
      const { data } = context.getImageData(0, top, width, Math.min(ROWS, height - top));
      const pixels = new Uint32Array(data.buffer);
      if (!isOpaque && !isTransparent) {
        for (let at = 3; at < data.length; at += 4) {
          if (data[at] < 255) {
            isTransparent = true;
            break;
          }
        }
      }
      for (let at = 0; at < pixels.length && colours.size <= FEW_COLOURS; at += step) {
        colours.add(pixels[at]);
      }
    }
    return { isTransparent, isDrawing: width * height <= SMALL_PIXELS || colours.size <= FEW_COLOURS };
  }

  async function encoded(canvas, { isTransparent, isDrawing }) {
    if (!isTransparent && !isDrawing) {
      return canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
    }
    const png = await canvas.convertToBlob({ type: "image/png" });
    if (isDrawing || png.size < 1 << 20) {
      return png;
    }
    // A photo with transparent parts. Browsers that do not write WebP answer with PNG.
    const webp = await canvas.convertToBlob({ type: "image/webp", quality: QUALITY });
    return webp.type === "image/webp" && webp.size < png.size ? webp : png;
  }

  function preview(canvas) {
    const scale = Math.min(1, PREVIEW_SIDE / Math.max(canvas.width, canvas.height));
    const small = drawn(canvas, scale);
    const { width, height } = small;
    const { data } = small.getContext("2d").getImageData(0, 0, width, height);
    return { width, height, pixels: new Uint8Array(data.buffer) };
  }

  // Whether a file has more than one picture, by the marks of GIF, PNG and WebP.
  async function moves(file) {
    const text = new TextDecoder("latin1").decode(await file.slice(0, 1 << 16).arrayBuffer());
    const isGif = text.startsWith("GIF8");
    const isPng = text.startsWith("\x89PNG");
    const isWebp = text.startsWith("RIFF") && text.slice(8, 12) === "WEBP";
    return (
      (isGif && /NETSCAPE2\.0|ANIMEXTS1\.0/.test(text)) ||
      (isPng && text.includes("acTL")) ||
      (isWebp && text.includes("ANIM"))
    );
  }

  const isJpeg = (head) => head[0] === 0xff && head[1] === 0xd8;

  // The size of a picture by the beginning of its file, before anything is decoded; undefined if it is
  // not known.
  function dimensions(head) {
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    const tag = (at, length) => String.fromCharCode(...head.subarray(at, at + length));
    try {
      if (tag(1, 3) === "PNG") {
        return { width: view.getUint32(16), height: view.getUint32(20) };
      }
      if (tag(0, 4) === "GIF8") {
        return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
      }
      if (isJpeg(head)) {
        return jpegDimensions(view);
      }
      if (tag(8, 4) === "WEBP") {
        return webpDimensions(view, tag(12, 4));
      }
      if (tag(4, 4) === "ftyp") {
        const at = tag(0, head.length > 4096 ? 4096 : head.length).indexOf("ispe");
        return at < 0 ? undefined : { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
      }
    } catch {
      // The file is cut off. The browser decides what it is.
    }
    return undefined;
  }

  function jpegDimensions(view) {
    for (let at = 2; at < view.byteLength; at += 2 + view.getUint16(at + 2)) {
      const marker = view.getUint8(at + 1);
      // Frames, except tables and the arithmetic conditioning.
      if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
        return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
      }
    }
    return undefined;
  }

  function webpDimensions(view, kind) {
    if (kind === "VP8X") {
      const number = (at) => 1 + view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
      return { width: number(24), height: number(27) };
    }
    if (kind === "VP8L") {
      const bits = view.getUint32(21, true);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) };
    }
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
};

// Prepares a picture in a worker of its own: it delays no other, and ending the worker stops it. The
// source is a file, or an SVG drawing, which only a page can paint.
const LONGEST_PREPARING_MS = 60_000;
export const prepare = async (file, pixels, side, bytes) => {
  const source = file.type === "image/svg+xml" ? await painted(file, side) : file;
  return new Promise((resolve, reject) => {
    const text = new Blob([`(${pictureWork})()`], { type: "text/javascript" });
    const url = URL.createObjectURL(text);
    const worker = new Worker(url);
    const end = (act, value) => {
      worker.terminate();
      URL.revokeObjectURL(url);
      clearTimeout(timer);
      act(value);
    };
    const timer = setTimeout(() => end(reject, "unreadable"), LONGEST_PREPARING_MS);
    worker.onmessage = ({ data }) => (data.error ? end(reject, data.error) : end(resolve, data.picture));
    worker.onerror = () => end(reject, "not-loaded");
    worker.postMessage({ source, most: { pixels, side, bytes } }, source === file ? [] : [source]);
  });
};

// An SVG drawing as pixels. In an image it runs no scripts and loads nothing from elsewhere. It is
// painted twice as large as it says, but not smaller than a thumbnail, because it has no pixels of
// its own.
const SVG_SCALE = 2;
const LEAST_SVG_SIDE = 256;
const MOST_SVG_SIDE = 4096;
const painted = async (file, side) => {
  const image = new Image();
  const url = URL.createObjectURL(file);
  try {
    image.src = url;
    await image.decode();
    const [width, height] = [image.naturalWidth || 300, image.naturalHeight || 150];
    const longer = Math.max(width, height);
    const wanted = Math.min(Math.max(longer * SVG_SCALE, LEAST_SVG_SIDE), MOST_SVG_SIDE, side);
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round((width * wanted) / longer));
    canvas.height = Math.max(1, Math.round((height * wanted) / longer));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await createImageBitmap(canvas);
  } catch {
    throw "unreadable";
  } finally {
    URL.revokeObjectURL(url);
  }
};
