// Starts the client. Trunk writes the two links that this reads; this is a file of its own
// because the server's content security policy forbids inline scripts.

// Loads the module that reads drawings; only the first call loads anything. The client calls this
// (client/src/importer.rs), because Rust has no expression for a module that is loaded later.
// A browser never asks again for an address from which a module failed to load, so the next
// attempt has another one.
let failures = 0;
globalThis.loadImporter = async () => {
  try {
    const importer = await import(`./importer.js?${failures}`);
    await importer.default();
    return importer;
  } catch (error) {
    failures += 1;
    throw error;
  }
};

const address = (selector) => document.head.querySelector(`link${selector}`).href;

try {
  const client = await import(address('[rel="modulepreload"]'));
  await client.default({ module_or_path: address('[rel="preload"][type="application/wasm"]') });
} catch (error) {
  const notice = document.createElement("p");
  notice.setAttribute("role", "alert");
  notice.textContent = "Commonslate could not start in this browser. Please reload the page or update the browser.";
  document.body.append(notice);
  throw error;
}
