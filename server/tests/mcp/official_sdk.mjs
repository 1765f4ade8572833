// A client by the official TypeScript SDK. MCP_SDK names its module, MCP_URL the server, MCP_LINK a board.
import assert from "node:assert/strict";

const { Client } = await import(process.env.MCP_SDK);
const transport = new URL("streamableHttp.js", `file://${process.env.MCP_SDK}`);
const { StreamableHTTPClientTransport } = await import(transport);

const connect = async (headers) => {
  const client = new Client({ name: "official-sdk", title: "Official SDK", version: "1.0.0" });
  const url = new URL(process.env.MCP_URL);
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
  return client;
};
const ask = async (client, name, args = {}) => {
  const result = await client.callTool({ name, arguments: args });
  assert.ok(!result.isError, `${name}: ${JSON.stringify(result.content)}`);
  return JSON.parse(result.content[0].text);
};

const link = process.env.MCP_LINK;
const client = await connect({ Authorization: `Bearer ${link}` });
assert.equal(client.getServerVersion().name, "commonslate");
assert.match(client.getInstructions(), /open_board/);
const { tools } = await client.listTools();
const names = tools.map((tool) => tool.name);
for (const name of ["open_board", "see_board", "create_diagram", "wait_for_changes", "undo_mine"]) {
  assert.ok(names.includes(name), `${name} is not among ${names}`);
}
const opened = await ask(client, "open_board");
assert.deepEqual([opened.role, opened.you], ["edit", "Official SDK"]);
const written = await ask(client, "write_chat", { text: "From TypeScript" });
const { messages } = await ask(client, "read_chat");
assert.deepEqual([messages[0].id, messages[0].author], [written.id, "Official SDK"]);
const seen = await client.callTool({ name: "see_board", arguments: {} });
assert.equal(seen.content[0].mimeType, "image/png");
const drawn = await ask(client, "create_diagram", { mermaid: "flowchart LR\n a[One] --> b[Two]" });
assert.equal(drawn.created.length, 3);
const text = await client.callTool({ name: "read_board", arguments: {} });
assert.match(text.content[0].text, /"One"/);
const undone = await ask(client, "undo_mine", { after: opened.position });
assert.equal(undone.changes, 3);
const { resources } = await client.listResources();
const read = await client.readResource({ uri: resources.at(-1).uri });
assert.match(read.contents[0].text, /^<svg/);
const { prompts } = await client.listPrompts();
assert.equal(prompts.length, 2);
await client.close();

const stranger = await connect({});
const refused = await stranger.callTool({ name: "read_chat", arguments: {} });
assert.ok(refused.isError);
const other = await ask(stranger, "open_board", { link });
assert.equal(other.board, opened.board);
await stranger.close();
