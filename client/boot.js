// Starts the client. Trunk writes the two links this reads (see Trunk.toml); a file of
// its own instead of an inline script, so that the page can forbid inline scripts.

const address = (id) => document.getElementById(id).href;

try {
  const client = await import(address("client-js"));
  await client.default({ module_or_path: address("client-wasm") });
} catch (error) {
  const notice = document.createElement("p");
  notice.setAttribute("role", "alert");
  notice.textContent = "Commonslate could not start in this browser. Please reload the page or update the browser.";
  document.body.append(notice);
  throw error;
}
