// The worker in which the importer reads (client/boot.js starts it).
self.onmessage = async ({ data: { content, kind, zoom } }) => {
  let importer;
  try {
    importer = await import("./importer.js");
    await importer.default();
  } catch {
    postMessage({ error: "not-loaded" });
    return;
  }
  try {
    const reading = importer.read(content, kind, zoom);
    postMessage({ reading: reading && { elements: reading.elements, notice: reading.notice } });
  } catch {
    postMessage({ error: "crashed" });
  }
};
