import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { InvalidInputError, NetworkError } from "kofin";
import { call } from "kofin/kis";
import { fileStore } from "kofin/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { root } from "../../bench/package-root.js";
import { order, ordered } from "../kis/operations.js";
import { clientOf, scripted, success } from "../kis/scripted.js";
import { failure } from "../support/failure.js";
import { idle } from "../support/wait.js";

const run = promisify(execFile);

let directory: string;
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), "kofin-store-")), "inner", "store");
});
afterEach(() => rm(join(directory, "..", ".."), { recursive: true, force: true }));

const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
const files = async () => (await readdir(directory)).filter((name) => !name.endsWith(".lock"));
const contentOf = async (name = "") => readFile(join(directory, name), "utf8");

describe.each([
  ["plainly", undefined],
  ["encrypted", "correct horse"],
])("fileStore, %s", (_, password) => {
  const make = () => fileStore({ directory, ...(password !== undefined && { password }) });

  it("keeps texts for the next process, whatever they are", async () => {
    for (const text of ["token", "", "한글 😀", '{"a":1}', "x".repeat(100_000)]) {
      await make().set("a key", text);
      expect(await make().get("a key")).toBe(text);
    }
    expect(await make().get("another")).toBeUndefined();
  });

  it("forgets what it is told to, even what it never knew", async () => {
    const store = make();
    await store.set("a", "1");
    await store.set("a", undefined);
    await store.set("b", undefined);
    expect([await store.get("a"), await files()]).toEqual([undefined, []]);
  });

  it("is for its owner alone, under names that say nothing", async () => {
    await make().set("kis real secret-looking", "the token");
    const [name = "", ...others] = await files();
    expect([name, others]).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.json$/), []]);
    expect([await mode(directory), await mode(join(directory, name))]).toEqual(["700", "600"]);
    if (password !== undefined) expect(await contentOf(name)).not.toContain("the token");
  });

  it("lets one work at a time for a key, in one process and with another store on the same files", async () => {
    const seen: string[] = [];
    const work = (name: string) => async () => {
      seen.push(`${name} begins`);
      await idle(20);
      seen.push(`${name} ends`);
      return name;
    };
    const [one, other] = [make(), make()];
    const all = [one.exclusive("k", work("a")), other.exclusive("k", work("b")), one.exclusive("k", work("c"))];
    expect(await Promise.all(all)).toEqual(["a", "b", "c"]);
    for (let index = 0; index < seen.length; index += 2) {
      expect(seen[index + 1]).toBe(seen[index]?.replace("begins", "ends"));
    }
    expect(await readdir(directory)).toEqual([]);
  });

  it("frees the lock of work that fails, and passes its error on as it is", async () => {
    const store = make();
    const error = new TypeError("mine");
    await expect(store.exclusive("k", () => Promise.reject(error))).rejects.toBe(error);
    expect(await store.exclusive("k", async () => 1)).toBe(1);
  });

  it.each(["", "{", "[]", '"text"', "{}", '{"text":5}', '{"iv":"","salt":1,"text":5}'])(
    "takes a damaged file for none: %j",
    async (content) => {
      const store = make();
      await store.set("k", "1");
      const [name = ""] = await files();
      await writeFile(join(directory, name), content);
      expect(await store.get("k")).toBeUndefined();
    },
  );

  it("leaves nothing behind when writing fails", async () => {
    const store = make();
    await store.set("k", "1");
    const [name = ""] = await files();
    await rm(join(directory, name));
    await mkdir(join(directory, name));
    expect((await failure(store.set("k", "2"), InvalidInputError)).code).toBe("STORE_UNUSABLE");
    expect(await files()).toEqual([name]);
  });
});

describe("the password of a fileStore", () => {
  it("is the only one that opens a file", async () => {
    await fileStore({ directory, password: "right" }).set("k", "token");
    const error = await failure(fileStore({ directory, password: "wrong" }).get("k"), InvalidInputError);
    expect([error.code, error.field]).toEqual(["STORE_PASSWORD", "password"]);
    expect(error.message).toContain("does not open");
    expect((await failure(fileStore({ directory }).get("k"), InvalidInputError)).message).toContain("is missing");
  });

  it("encrypts anew each time, with parameters beside the text", async () => {
    const store = fileStore({ directory, password: "p" });
    const contents: string[] = [];
    for (let round = 0; round < 2; round++) {
      await store.set("k", "token");
      contents.push(await contentOf((await files())[0]));
    }
    const [one, other] = contents.map((content) => JSON.parse(content));
    expect(Object.keys(one).sort()).toEqual(["iv", "salt", "tag", "text"]);
    expect(one.iv).not.toBe(other.iv);
    expect(one.text).not.toBe(other.text);
    await fileStore({ directory, password: "p" }).set("k", "token");
    expect(JSON.parse(await contentOf((await files())[0])).salt).not.toBe(one.salt);
  });

  it("does not open a text under another key, or one that was changed", async () => {
    const store = fileStore({ directory, password: "p" });
    await store.set("one", "1");
    const [one = ""] = await files();
    await store.set("other", "2");
    const other = (await files()).find((name) => name !== one) ?? "";
    const content = await contentOf(one);
    await writeFile(join(directory, other), content);
    expect((await failure(store.get("other"), InvalidInputError)).code).toBe("STORE_PASSWORD");
    const { text, ...parts } = JSON.parse(content);
    await writeFile(join(directory, one), JSON.stringify({ ...parts, text: `${text.slice(0, -4)}AAAA` }));
    expect((await failure(store.get("one"), InvalidInputError)).code).toBe("STORE_PASSWORD");
  });

  it("reads what was written before there was one", async () => {
    await fileStore({ directory }).set("k", "plain");
    const store = fileStore({ directory, password: "p" });
    expect(await store.get("k")).toBe("plain");
    await store.set("k", "sealed");
    expect(await contentOf((await files())[0])).not.toContain("sealed");
  });

  it("is no empty text, as a missing variable would make it", () => {
    expect(() => fileStore({ directory, password: "" })).toThrow(expect.objectContaining({ code: "INPUT_INVALID" }));
    expect(() => fileStore({ directory: "" })).toThrow(expect.objectContaining({ code: "INPUT_INVALID" }));
  });
});

describe("the lock of a fileStore", () => {
  /** A lock that was last heard of so many milliseconds ago. */
  async function leftBehind(age: number): Promise<string> {
    const store = fileStore({ directory });
    await store.set("k", "1");
    const lock = join(directory, `${(await files())[0]}.lock`);
    await mkdir(lock);
    const heard = (Date.now() - age) / 1000;
    await utimes(lock, heard, heard);
    return lock;
  }

  it("is taken over from a process that died", async () => {
    await leftBehind(60_000);
    expect(await fileStore({ directory }).exclusive("k", async () => "mine")).toBe("mine");
  });

  it("is waited for while its process lives", async () => {
    const lock = await leftBehind(0);
    let done = false;
    const work = fileStore({ directory }).exclusive("k", async () => {
      done = true;
    });
    await idle(200);
    expect(done).toBe(false);
    await rm(lock, { recursive: true });
    await work;
    expect(done).toBe(true);
  });

  it("counts in other processes: a counter that four of them raise comes out right", async () => {
    const program = `
      import { fileStore } from ${JSON.stringify(join(root, "runtime/node/index.ts"))};
      const store = fileStore({ directory: ${JSON.stringify(directory)} });
      for (let round = 0; round < 5; round++) {
        await store.exclusive("counter", async () => {
          const before = Number((await store.get("counter")) ?? 0);
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
          await store.set("counter", String(before + 1));
        });
      }`;
    const loader = join(root, "node_modules", "tsx", "dist", "loader.mjs");
    const options = ["--import", loader, "--input-type=module", "--eval", program];
    await Promise.all(Array.from({ length: 4 }, () => run(process.execPath, options)));
    expect(await fileStore({ directory }).get("counter")).toBe("20");
  });
});

describe("a directory that cannot be used", () => {
  it("is told as what it is, in a call too", async () => {
    await mkdir(join(directory, ".."), { recursive: true });
    await writeFile(directory, "a file");
    const store = fileStore({ directory });
    for (const failing of [store.get("k"), store.set("k", "v"), store.exclusive("k", async () => 1)]) {
      const error = await failure(failing, InvalidInputError);
      expect([error.code, error.field]).toEqual(["STORE_UNUSABLE", "directory"]);
    }
    const script = scripted(() => success());
    const error = await failure(call(clientOf(script, { store }), order, { ...ordered, action: "buy" }));
    expect(error).not.toBeInstanceOf(NetworkError);
    expect([error.code, script.sent.length, script.tokenRequests.length]).toEqual(["STORE_UNUSABLE", 0, 0]);
  });
});
