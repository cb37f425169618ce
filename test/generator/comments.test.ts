/** Whatever the texts of a spec are, the generated code has the statements that it has anyway. */
import { loadTexts } from "kofin/generator";
import ts from "typescript";
import { expect, test } from "vitest";
import { generate } from "../../generator/index.js";

const EVIL = "Nice */ globalThis.ran = true; /* \u2028 <!-- \\u0022";

/** Every text that is for people is `text`. */
function document(text: string) {
  const labelled = { title: text, description: text };
  const field = { ...labelled, type: "string", enum: ["a", text], default: "a", examples: [text] };
  return {
    openapi: "3.1.0",
    info: { title: text, version: text, description: text },
    tags: [{ name: "pets", description: text }],
    servers: [{ url: "https://api.acme.example", description: text }],
    paths: {
      [`/pets/${text.replace(/[{}]/g, "")}`]: {
        summary: text,
        description: text,
        get: {
          operationId: "list",
          tags: ["pets"],
          summary: text,
          description: text,
          deprecated: true,
          externalDocs: { url: "https://acme.example", description: text },
          parameters: [{ name: "kind", in: "query", description: text, schema: field }],
          responses: {
            "200": {
              description: text,
              content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
            },
          },
        },
      },
    },
    components: {
      schemas: {
        Pet: { ...labelled, type: "object", properties: { kind: field, [text]: { ...labelled, type: "number" } } },
      },
    },
  };
}

const provider = (text: string) => `title: ${JSON.stringify(text)}
environments: { test: https://test.acme.example }
paging: { more: more, values: ["Y"], ask: { more: "Y" } }
`;

/** Kinds and names of the statements of every file. */
async function statements(text: string): Promise<Record<string, string[]>> {
  const texts = [
    { provider: "acme", file: "specs/acme/openapi.json", text: JSON.stringify(document(text)) },
    { provider: "acme", file: "specs/acme/provider.yaml", text: provider(text) },
  ];
  const files = await generate(loadTexts(texts), { runtime: "kofin/{provider}" });
  return Object.fromEntries(
    [...files].flatMap(([name, code]) => {
      if (!name.endsWith(".ts")) return [];
      const source = ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true);
      const errors = (source as unknown as { parseDiagnostics: unknown[] }).parseDiagnostics;
      return [[name, [...source.statements.map((one) => ts.SyntaxKind[one.kind]), `${errors.length} errors`]]];
    }),
  );
}

test("no text of a spec becomes a statement", async () => {
  const plain = await statements("Nice");
  expect(Object.keys(plain)).toContain("acme/pets.ts");
  expect(await statements(EVIL)).toEqual(plain);
});
