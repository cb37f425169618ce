/** A look-up that is asked for page by page, and tells what became of something. */
import { loadTexts } from "kofin/generator";
import { createSandbox } from "kofin/sandbox";
import { expect, test } from "vitest";

const SPEC = `
openapi: 3.1.0
info: { title: Acme, version: "1" }
servers: [{ url: "https://acme.example" }]
paths:
  /payments:
    post:
      operationId: pay
      x-retry: never
      x-settled-by: acme/payments
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [order], properties: { order: { type: string }, amount: { type: string } } } } } }
      responses: { "200": { description: Paid, content: { application/json: { schema: { $ref: "#/components/schemas/Payment" } } } } }
    get:
      operationId: payments
      x-retry: safe
      x-paging: { style: cursor, cursor: cursor, next: nextCursor }
      parameters: [{ name: order, in: query, schema: { type: string } }, { name: cursor, in: query, schema: { type: string } }]
      responses:
        "200":
          description: Payments
          content:
            application/json:
              schema:
                type: object
                properties:
                  items: { type: array, items: { $ref: "#/components/schemas/Payment" } }
                  nextCursor: { title: Next, type: string }
components:
  schemas:
    Payment: { type: object, properties: { id: { type: string }, order: { type: string }, amount: { type: string } } }
`;

test("what was recorded is one page, and leads nowhere", async () => {
  const sandbox = createSandbox({ specs: loadTexts([{ provider: "acme", file: "specs/acme/acme.yaml", text: SPEC }]) });
  const ask = async (query: string) => (await sandbox.fetch(`https://acme.example/payments${query}`)).json();
  expect(await ask("")).toMatchObject({ nextCursor: expect.stringMatching(/./) });
  for (const order of ["a", "b"]) {
    const body = JSON.stringify({ order, amount: "1" });
    const init = { method: "POST", headers: { "Content-Type": "application/json" }, body };
    expect((await sandbox.fetch("https://acme.example/payments", init)).status).toBe(200);
  }
  expect(await ask("?order=a")).toMatchObject({ items: [{ order: "a" }], nextCursor: "" });
  expect(await ask("?order=c")).toMatchObject({ items: [], nextCursor: "" });
  expect(((await ask("")) as { items: unknown[] }).items).toHaveLength(2);
});
