// Starts the client, by the two preload links that Trunk writes into the page. It is a file of its
// own because the server's content security policy forbids inline scripts.

// Reads content and writes files with the importer, a WebAssembly module in a worker. The client calls
// this (client/src/importer.rs). Every task has a worker of its own: it delays no other, a crash leaves
// nothing behind, and ending the worker stops it. One that takes too long is given up.
const LONGEST_TASK_MS = 120_000;
const tasks = new Set();
const runTask = (name, input) =>
  new Promise((resolve, reject) => {
    const worker = new Worker("importer-worker.js", { type: "module" });
    const end = (act, value) => {
      worker.terminate();
      clearTimeout(timer);
      tasks.delete(stop);
      act(value);
    };
    const stop = () => end(reject, "stopped");
    const timer = setTimeout(() => end(reject, "crashed"), LONGEST_TASK_MS);
    tasks.add(stop);
    worker.onmessage = ({ data }) => (data.error ? end(reject, data.error) : end(resolve, data.output));
    worker.onerror = () => end(reject, "not-loaded");
    worker.postMessage({ name, input });
  });
globalThis.readContent = (...input) => runTask("read", input);
globalThis.writeContent = (...input) => runTask("write", input);
globalThis.stopReadings = () => tasks.forEach((stop) => stop());

// Prepares a picture for a board (client/src/pictures/prepare.rs). The start needs no picture, so this
// part is loaded after it, while there is a connection.
const pictures = () => import("./prepare-picture.js");
globalThis.preparePicture = async (...input) => {
  const { prepare } = await pictures().catch(() => {
    throw "not-loaded";
  });
  return prepare(...input);
};

const address = (selector) => document.head.querySelector(`link${selector}`).href;

try {
  const client = await import(address('[rel="modulepreload"]'));
  await client.default({ module_or_path: address('[rel="preload"][type="application/wasm"]') });
  document.querySelector(".start-note")?.remove();
  pictures().catch(() => {});
} catch (error) {
  const notice = document.querySelector(".start-note") ?? document.createElement("p");
  notice.className = "start-note";
  notice.dataset.failed = "";
  notice.setAttribute("role", "alert");
  notice.textContent = "Commonslate could not start in this browser. Please reload the page or update the browser.";
  document.body.append(notice);
  throw error;
}
