// Shows Excalidraw and nothing else.
import "./fonts.js";
import { Excalidraw } from "@excalidraw/excalidraw";
import "@excalidraw/excalidraw/index.css";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

const whiteboard = createElement(Excalidraw, {
  // Keys choose tools without a click into the whiteboard first, as on its own website.
  autoFocus: true,
  handleKeyboardGlobally: true,
  // Called once it can be used; the measurement waits for this.
  excalidrawAPI: (api) => {
    globalThis.excalidraw = api;
  },
});
createRoot(document.getElementById("root")).render(whiteboard);
