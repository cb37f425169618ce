import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { loadSpecs } from "kofin/generator";
import { describe, expect, test } from "vitest";
import { root } from "../../bench/package-root.js";
import { temporaryFolder } from "../generator/fixture.js";
import { kofin } from "../support/kofin.js";

const project = { "package.json": '{ "name": "shop", "type": "module" }' };

/** What TypeScript says of the project, and how many of its tests pass, with the package's names standing for its sources. */
async function typesAndTests(folder: string): Promise<{ messages: string; passed: string | undefined }> {
  const paths = {
    "kofin/provider": [join(root, "runtime/provider/index.ts")],
    "kofin/provider/functions": [join(root, "runtime/provider/functions.ts")],
    "kofin/sandbox": [join(root, "sandbox/index.ts")],
    "kofin/generator": [join(root, "generator/index.ts")],
  };
  const compilerOptions = {
    ...{ target: "ES2022", lib: ["ES2023"], module: "nodenext", strict: true, exactOptionalPropertyTypes: true },
    ...{ skipLibCheck: true, noEmit: true, types: ["node"], typeRoots: [join(root, "node_modules/@types")], paths },
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src", "test"] }));
  const run = (...words: string[]) =>
    promisify(execFile)(process.execPath, words, { cwd: folder }).then(
      ({ stdout }) => stdout,
      ({ stdout }: { stdout: string }) => stdout,
    );
  const messages = await run(join(root, "node_modules/typescript/bin/tsc"), "-p", ".");
  const loader = join(root, "node_modules/tsx/dist/loader.mjs");
  const printed = await run("--import", loader, "--test", "--test-reporter=tap", "test/acme-pay.test.ts");
  return { messages, passed: /^# pass (\d+)$/m.exec(printed)?.[1] };
}

describe("kofin init provider", () => {
  test("what it writes is sound, generates, and is never written over", { timeout: 240_000 }, async () => {
    const folder = temporaryFolder(project);
    const { status, output } = await kofin(folder, "init", "provider", "acme-pay");
    expect({ status, output }).toEqual({
      status: 0,
      output: `new      specs/acme-pay/provider.yaml
new      specs/acme-pay/payments.yaml
new      src/acme-pay.ts
new      test/acme-pay.test.ts

Next: npx kofin generate --specs specs --provider acme-pay --out src/generated
`,
    });
    const generated = await kofin(folder, "generate", "--provider", "acme-pay", "--out", "src/generated");
    expect(generated.status, generated.output).toBe(0);
    expect(generated.output).toContain("new      src/generated/acme-pay/provider.ts\n");
    expect(generated.output).not.toContain("warning");
    expect((await kofin(folder, "check", "--provider", "acme-pay", "--out", "src/generated")).status).toBe(0);

    const read = (path: string) => readFileSync(join(folder, path), "utf8");
    const client = read("src/acme-pay.ts");
    expect(client.split("\n").length).toBeLessThanOrEqual(40);
    expect(client).toContain('import { acmePay } from "./generated/acme-pay/provider.js";');
    expect(client).toContain("export const createAcmePay = defineProvider(acmePay);");
    expect(read("src/generated/acme-pay/provider.ts")).toContain("export const acmePay = {");
    expect(read("src/generated/acme-pay/payments.ts")).toContain("export function listPaymentsPages(");
    expect(read("test/acme-pay.test.ts")).toContain('from "../src/generated/acme-pay/payments.js";');

    expect(await typesAndTests(folder)).toEqual({ messages: "", passed: "2" });

    const again = await kofin(folder, "init", "provider", "acme-pay");
    expect(again.status).toBe(1);
    expect(again.output).toMatch(
      /^nothing was written, because this is there already: specs\/acme-pay\/provider\.yaml, /,
    );
  });

  test("a name that cannot be one is refused", async () => {
    const folder = temporaryFolder(project);
    for (const name of ["Acme", "acme pay", "../acme", "provider"]) {
      expect((await kofin(folder, "init", "provider", name)).status, name).toBe(1);
    }
  });
});

describe("kofin init product", () => {
  test.each(["codef", "kis", "openbanking", "woori"])(
    "a spec of %s in its own way",
    { timeout: 120_000 },
    async (provider) => {
      const file = (name: string) => readFileSync(join(root, "specs", provider, name), "utf8");
      const folder = temporaryFolder({
        ...project,
        [`specs/${provider}/provider.yaml`]: file("provider.yaml"),
        [`specs/${provider}/blocks.yaml`]: file("blocks.yaml"),
        [`specs/${provider}/fields.yaml`]: file("fields.yaml"),
        [`specs/${provider}/organizations.yaml`]:
          provider === "codef" || provider === "openbanking" ? file("organizations.yaml") : "{}\n",
      });
      const { status, output } = await kofin(folder, "init", "product", provider, "side-loan");
      expect(status, output).toBe(0);
      const [read] = loadSpecs(join(folder, "specs"));
      expect(read?.documents.map(({ module }) => module)).toEqual(["side-loan"]);
      expect(read?.documents[0]?.operations[0]).toMatchObject({
        id: "getSideLoan",
        path: "/v1/side-loan",
        retry: "never",
      });
      expect(read?.documents[0]?.operations[0]?.data?.["x-name"] ?? "GetSideLoanData").toBe("GetSideLoanData");
      expect((await kofin(folder, "init", "product", provider, "side-loan")).status).toBe(1);
    },
  );

  test("a provider without specs is named", async () => {
    const folder = temporaryFolder({ ...project, "specs/acme/provider.yaml": "title: Acme\n" });
    const { status, output } = await kofin(folder, "init", "product", "acne", "loan");
    expect({ status, output }).toEqual({ status: 1, output: 'there are no specs of "acne" in specs\n' });
  });
});
