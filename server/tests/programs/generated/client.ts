// A program that knows the API by its description alone: it makes a board, writes a message and puts a
// sticky note on the board.
import createClient from "openapi-fetch";
import type { paths } from "./api.js";

declare const process: { argv: string[] };

function must<T>(answer: { data?: T; error?: unknown }): T {
  if (answer.data === undefined) {
    throw new Error(JSON.stringify(answer.error));
  }
  return answer.data;
}

const baseUrl = process.argv[2] ?? "";
const made = must(await createClient<paths>({ baseUrl }).POST("/api/v1/boards", { body: { title: "Generated" } }));
const secret = made.links.edit.split("#")[1];
const client = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${secret}` } });
const path = { board: made.board };
const params = { path, header: { "Commonslate-Program": "generated" } };

const info = must(await client.GET("/api/v1/boards/{board}", { params: { path } }));
const written = must(
  await client.POST("/api/v1/boards/{board}/chat", { params, body: { text: "hello" } }),
);
const chat = must(await client.GET("/api/v1/boards/{board}/chat", { params }));
const message = chat.messages.find((it) => it.id === written.id);
const header = { ...params.header, "Idempotency-Key": "the sticky note" };
const sticky = must(
  await client.POST("/api/v1/boards/{board}/elements", {
    params: { path, header },
    body: { elements: [{ kind: "sticky", text: "Ship it" }] },
  }),
);
const element = { ...path, element: sticky.created[0] ?? "" };
const shown = must(
  await client.GET("/api/v1/boards/{board}/elements/{element}", { params: { ...params, path: element } }),
);
const refused = await client.GET("/api/v1/boards/{board}/links", { params: { path } });
const told: string | undefined = refused.error?.detail;
console.log([info.title, info.role, message?.author, message?.text, shown.kind, shown.text, told].join("|"));
