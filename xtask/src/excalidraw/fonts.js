// Excalidraw takes its fonts from beside the page, not from a server on the Internet. It reads
// this when it is loaded, so main.js imports this file first.
globalThis.EXCALIDRAW_ASSET_PATH = "/excalidraw/";
