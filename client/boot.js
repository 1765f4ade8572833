// Starts the client, by the two preload links that Trunk writes into the page. It is a file of its
// own because the server's content security policy forbids inline scripts.

// Reads a drawing with the importer, a WebAssembly module that the first drawing loads. The client
// calls this (client/src/importer.rs), because Rust cannot import a module at run time.
// A module that failed to load is never requested again under its address, and one that crashed is
// of no more use. So after a failure the next drawing loads the module under another address.
let failures = 0;
globalThis.readDrawing = async (text, zoom) => {
  try {
    const importer = await import(`./importer.js?${failures}`);
    await importer.default();
    return importer.read_drawing(text, zoom);
  } catch (error) {
    failures += 1;
    throw error;
  }
};

const address = (selector) => document.head.querySelector(`link${selector}`).href;

try {
  const client = await import(address('[rel="modulepreload"]'));
  await client.default({ module_or_path: address('[rel="preload"][type="application/wasm"]') });
  document.querySelector(".start-note")?.remove();
} catch (error) {
  const notice = document.querySelector(".start-note") ?? document.createElement("p");
  notice.className = "start-note";
  notice.dataset.failed = "";
  notice.setAttribute("role", "alert");
  notice.textContent = "Commonslate could not start in this browser. Please reload the page or update the browser.";
  document.body.append(notice);
  throw error;
}
