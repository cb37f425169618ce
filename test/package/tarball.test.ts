import { access, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compile, compilers } from "../../bench/consumer.js";
import { folderOf, root } from "../../bench/package-root.js";
import { node, npm } from "./run.js";

/** What an application brings itself when it uses the sandbox, the command line or `kofin/node`. */
const OPTIONAL = ["@hono/node-server", "commander", "hono", "undici", "yaml"];

let workshop: string;
let tarball: string;
let application: string;

beforeAll(async () => {
  workshop = await mkdtemp(join(tmpdir(), "kofin-package-"));
  await npm(["pack", "--pack-destination", workshop]);
  const [file] = await readdir(workshop);
  if (!file) throw new Error("npm pack made no tarball");
  tarball = join(workshop, file);

  application = join(workshop, "application");
  await mkdir(application);
  await writeFile(join(application, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await npm(["install", "--prefer-offline", "--no-package-lock", tarball], application);
}, 300_000);

afterAll(() => rm(workshop, { recursive: true, force: true }));

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

describe("what the tarball holds", () => {
  it("what was built, the specs, as written and compiled, and the papers, and nothing else", async () => {
    const files = await filesIn(join(application, "node_modules", "kofin"));
    const odd = files.filter(
      (file) =>
        !/^(dist\/specs\/[a-z]+\.json|dist\/(runtime|generated|generator|sandbox|cli|node)\/.+\.(js|d\.ts)|specs\/.+\.(yaml|md)|docs\/.+\.md|examples\/.+\.(ts|md)|sandbox\/.*README\.md|package\.json|README\.md|LICENSE)$/.test(
          file,
        ),
    );
    expect(odd).toEqual([]);
    expect(files).toContain("specs/codef/bank.yaml");
    expect(files).toContain("dist/generated/codef/bank.js");
    expect(files).toContain("dist/specs/codef.json");
  });

  it("nothing that has no source any more", async () => {
    const built = await filesIn(join(application, "node_modules", "kofin", "dist"));
    const orphans: string[] = [];
    for (const file of built) {
      const source = file.startsWith("specs/") ? file.replace(/\.json$/, "") : file.replace(/(\.d\.ts|\.js)$/, ".ts");
      if (!(await exists(join(root, source)))) orphans.push(file);
    }
    expect(orphans).toEqual([]);
  });

  it("brings openapi-fetch and node-forge to an application, and no third package of its own choice", async () => {
    const manifest = JSON.parse(await readFile(join(application, "node_modules", "kofin", "package.json"), "utf8"));
    expect(Object.keys(manifest.dependencies).sort()).toEqual(["node-forge", "openapi-fetch"]);
    const installed = (await readdir(join(application, "node_modules"))).filter((name) => !name.startsWith("."));
    expect(installed.sort()).toEqual(["kofin", "node-forge", "openapi-fetch", "openapi-typescript-helpers"]);
  });
});

describe("what the tools say of it", () => {
  it("publint has nothing to say", async () => {
    const { messages, pkg } = await publint({
      pkgDir: join(application, "node_modules", "kofin"),
      pack: false,
      strict: true,
    });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it("every entry point has types that fit, in every way of resolving ES modules", async () => {
    const cli = join(folderOf("@arethetypeswrong/cli"), "dist", "index.js");
    const modules = ["codef/account", "codef/bank", "codef/public-nts"];
    const options = ["--profile", "esm-only", "--include-entrypoints", ...modules, "--format", "json"];
    const { analysis } = JSON.parse(await node([cli, tarball, ...options]));
    expect(Object.keys(analysis.entrypoints)).toEqual(
      expect.arrayContaining([".", "./codef", "./codef/bank", "./node", "./sandbox"]),
    );
  });
});

describe("an application that installed it", () => {
  beforeAll(async () => {
    for (const name of OPTIONAL) {
      const target = join(application, "node_modules", name);
      await mkdir(dirname(target), { recursive: true });
      await symlink(folderOf(name), target, "dir");
    }
  });

  it("calls a product on the sandbox", async () => {
    const script = `
      import { KofinError, settle } from "kofin";
      import { createCodef } from "kofin/codef";
      import { businessAccountList, accountTransactionList } from "kofin/codef/bank";
      import { openCertificate } from "kofin/certificate";
      import { certificates, undiciTransport } from "kofin/node";
      import { createSandbox } from "kofin/sandbox";

      const sandbox = createSandbox();
      const codef = createCodef(sandbox.codef.options);
      const { name } = await openCertificate(await sandbox.codef.certificate());
      const input = { organization: "0004", connectedId: "sandbox_connectedId" };
      const { code, data } = await businessAccountList(codef, input);
      const { error } = await settle(accountTransactionList(codef, input));
      console.log(JSON.stringify({
        code,
        deposits: Array.isArray(data.resDepositTrust),
        refused: error instanceof KofinError && error.code,
        transport: typeof undiciTransport(),
        name,
        listed: Array.isArray(await certificates({ folders: [] })),
      }));
    `;
    const output = await node(["--input-type=module", "--eval", script], application);
    expect(JSON.parse(output)).toEqual({
      code: "CF-00000",
      deposits: true,
      refused: "INPUT_MISSING",
      transport: "function",
      name: "홍길동",
      listed: true,
    });
  });

  it("calls the other providers on the sandbox, one function each", async () => {
    const script = `
      import { createKis } from "kofin/kis";
      import { inquirePrice } from "kofin/kis/domestic-stock-quotations";
      import { domesticTrade } from "kofin/kis/realtime";
      import { kospi } from "kofin/kis/masters";
      import { fileStore } from "kofin/node";
      import { createOpenBanking } from "kofin/openbanking";
      import { bankStatus } from "kofin/openbanking/manage";
      import { createWoori } from "kofin/woori";
      import { getIndivAllAccInfo } from "kofin/woori/finance";
      import { createSandbox } from "kofin/sandbox";

      const sandbox = createSandbox();
      const price = await inquirePrice(createKis(sandbox.kis.options), {
        FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: "005930",
      });
      const status = await bankStatus(createOpenBanking(sandbox.openBanking.options));
      const accounts = await getIndivAllAccInfo(createWoori(sandbox.woori.options), {});
      console.log(JSON.stringify({
        kis: Number(price.data.output.stck_prpr) > 0,
        openBanking: status.code,
        woori: Object.keys(accounts.data).length > 0,
        others: [typeof domesticTrade, typeof kospi, typeof fileStore],
      }));
    `;
    const output = await node(["--input-type=module", "--eval", script], application);
    expect(JSON.parse(output)).toEqual({
      kis: true,
      openBanking: "A0000",
      woori: true,
      others: ["function", "object", "function"],
    });
  });

  it("runs the command line", async () => {
    expect(await node([join("node_modules", ".bin", "kofin"), "--help"], application)).toMatch(
      /generate[\s\S]+sandbox/,
    );
  });

  it("cannot reach what is nobody's business", async () => {
    const script = `await import("kofin/runtime/http.js").catch((error) => console.log(error.code))`;
    expect((await node(["--input-type=module", "--eval", script], application)).trim()).toBe(
      "ERR_PACKAGE_PATH_NOT_EXPORTED",
    );
  });

  const source = `
    import { KofinError, settle } from "kofin";
    import { type Codef, createCodef, type Reply } from "kofin/codef";
    import { type AccountTransactionListData, accountTransactionList, organizations } from "kofin/codef/bank";

    const codef: Codef = createCodef({ environment: "sandbox" });
    const input = {
      organization: organizations.KB국민은행, connectedId: "c", account: "1", startDate: "20260601", endDate: "20260630",
      orderBy: "0", inquiryType: "1",
    } as const;
    const reply: Reply<AccountTransactionListData> = await accountTransactionList(codef, input);
    const balance: string | undefined = reply.data.resAccountBalance;
    const { error } = await settle(accountTransactionList(codef, input));
    const failure: KofinError | undefined = error;
    // @ts-expect-error the connectedId is required
    await accountTransactionList(codef, { organization: "0004" });
    export { balance, failure };

    import { CertificateError, openCertificate } from "kofin/certificate";
    const { validUntil } = await openCertificate({ pfx: new Uint8Array(), password: "p" });
    const until: Date = validUntil;
    export { CertificateError, until };

    import { createKis } from "kofin/kis";
    import { orderCash } from "kofin/kis/domestic-stock-trading";
    import { domesticTrade } from "kofin/kis/realtime";
    import { createOpenBanking } from "kofin/openbanking";
    import { accountBalanceFinNum } from "kofin/openbanking/account";
    import { createWoori } from "kofin/woori";
    import { getAccTransList } from "kofin/woori/finance";

    const kis = createKis({ environment: "mock", appKey: "k", appSecret: "s", account: "12345678-01" });
    const { data: order } = await orderCash(kis, {
      action: "buy", PDNO: "005930", ORD_DVSN: "00", ORD_QTY: 1n, ORD_UNPR: 70_000,
    });
    const number: string | undefined = order.output?.ODNO;
    for await (const trade of domesticTrade(kis, "005930")) trade.STCK_PRPR satisfies string;
    // @ts-expect-error an order says what to do
    await orderCash(kis, { PDNO: "005930", ORD_DVSN: "00", ORD_QTY: 1, ORD_UNPR: 0 });
    const openBanking = createOpenBanking({
      environment: "test", clientId: "c", clientSecret: "s", useCode: "T991234567", institutionScope: "oob",
    });
    const amount: string | undefined = (
      await accountBalanceFinNum(openBanking.user("1000000001"), { fintech_use_num: "1" })
    ).data.balance_amt;
    const list = await getAccTransList(createWoori({ appKey: "k" }), {
      INQ_ACNO: "1", INQ_STA_DT: "20260601", INQ_END_DT: "20260630",
    });
    export { amount, list, number };
  `;
  const settings = [
    { module: "nodenext", moduleResolution: "nodenext" },
    { module: "esnext", moduleResolution: "bundler" },
  ];
  for (const compiler of compilers) {
    for (const options of settings) {
      it(`type-checks under TypeScript ${compiler.version}, resolution ${options.moduleResolution}`, async () => {
        const checks = { skipLibCheck: false, exactOptionalPropertyTypes: true, ...options };
        const { ok, output } = await compile(application, compiler, source, checks);
        expect(ok, output).toBe(true);
      }, 120_000);
    }
  }
});
