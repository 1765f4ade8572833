// The worker in which the importer reads and writes (client/boot.js starts it).
const tasks = {
  read: (importer, input) => {
    const reading = importer.read(...input);
    return (
      reading && {
        elements: reading.elements,
        title: reading.title,
        notice: reading.notice,
        files: reading.files,
      }
    );
  },
  write: (importer, input) => {
    const writing = importer.write(...input);
    return writing && { file: writing.file, notice: writing.notice };
  },
};

self.onmessage = async ({ data: { name, input } }) => {
  let importer;
  try {
    importer = await import("./importer.js");
    await importer.default();
  } catch {
    postMessage({ error: "not-loaded" });
    return;
  }
  try {
    postMessage({ output: tasks[name](importer, input) });
  } catch {
    postMessage({ error: "crashed" });
  }
};
