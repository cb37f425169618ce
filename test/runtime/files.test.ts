import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidInputError } from "kofin";
import { type CodefOperation, call } from "kofin/codef";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { reading } from "../support/operations.js";
import { bodyOf, clientOf, scripted, success, unauthorized } from "../support/scripted.js";

const certified: CodefOperation = { ...reading, files: ["derFile", "accountList[].keyFile"] };

/** Every byte there is, a certificate's worth of them. */
const bytes = Uint8Array.from({ length: 2_048 }, (_, index) => index % 256);
const base64 = Buffer.from(bytes).toString("base64");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kofin-files-"));
  await writeFile(join(folder, "signCert.der"), bytes);
});
afterAll(() => rm(folder, { recursive: true }));

async function sentFor(input: object): Promise<Record<string, unknown>> {
  const script = scripted(() => success({}));
  await call(clientOf(script), certified, input);
  return bodyOf(script);
}

describe("a file in a form", () => {
  const form: CodefOperation = { ...reading, bodyType: "multipart", files: ["file"] };

  it("leaves as a part with a name, beside the other fields", async () => {
    for (const file of [bytes, base64, { path: join(folder, "signCert.der") }]) {
      const script = scripted((_, count) => (count === 1 ? unauthorized() : success({})));
      await call(clientOf(script), form, { file, image_return: "1", absent: undefined });
      // The resend after a 401 carries the same parts.
      for (const { body, headers } of script.sent) {
        if (!(body instanceof FormData)) throw new Error("a form was expected");
        const sent = body.get("file");
        expect(sent).toBeInstanceOf(File);
        expect(new Uint8Array(await (sent as File).arrayBuffer())).toEqual(bytes);
        expect([...body.keys()]).toEqual(["file", "image_return"]);
        // The transport knows the boundary; a type of our own would hide it.
        expect(headers).not.toHaveProperty("content-type");
      }
      expect(script.sent).toHaveLength(2);
    }
  });

  it("survives a middleware", async () => {
    const script = scripted(() => success({}));
    await call(clientOf(script).use({ onRequest: () => undefined }), form, { file: bytes });
    expect(script.sent[0]?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
    expect(script.sent[0]?.text).toContain('name="file"; filename="file"');
  });

  it("must be base64 when it is text", async () => {
    const script = scripted(() => success({}));
    const error = await failure(call(clientOf(script), form, { file: "no base64!" }), InvalidInputError);
    expect(error).toMatchObject({ code: "INPUT_INVALID", field: "file" });
    expect(error.message).not.toContain("no base64!");
  });
});

describe("a certificate file", () => {
  it("may be its base64 text, its bytes, or where it lies", async () => {
    const path = join(folder, "signCert.der");
    expect(await sentFor({ derFile: base64 })).toEqual({ derFile: base64 });
    expect(await sentFor({ derFile: bytes })).toEqual({ derFile: base64 });
    expect(await sentFor({ derFile: Buffer.from(bytes) })).toEqual({ derFile: base64 });
    expect(await sentFor({ derFile: { path } })).toEqual({ derFile: base64 });
  });

  it("leaves in one line, without the line breaks of its text", async () => {
    const lines = base64.replace(/.{20}/g, "$&\r\n ");
    expect(await sentFor({ derFile: lines })).toEqual({ derFile: base64 });
    expect(await sentFor({ derFile: "" })).toEqual({ derFile: "" });
  });

  it("may be a part of a larger buffer", async () => {
    expect(await sentFor({ derFile: bytes.subarray(10, 20) })).toEqual({
      derFile: Buffer.from(bytes.slice(10, 20)).toString("base64"),
    });
  });

  it("may stand in a list", async () => {
    const path = join(folder, "signCert.der");
    expect(await sentFor({ accountList: [{ keyFile: { path } }, { keyFile: base64 }, { id: "x" }] })).toEqual({
      accountList: [{ keyFile: base64 }, { keyFile: base64 }, { id: "x" }],
    });
  });

  it("of a megabyte is no matter", async () => {
    const large = new Uint8Array(1_000_000).fill(255);
    expect(await sentFor({ derFile: large })).toEqual({ derFile: Buffer.from(large).toString("base64") });
  });

  it.each([
    ["that is a path", "/home/me/card.png", /\{ path: … \}/],
    ["that is text", "카드 앞면", /no base64/],
    ["that is not there", { path: "/nowhere/signCert.der" }, /cannot be read/],
    ["of no kind", 42, /must be/],
    ["without a path", { file: "x" }, /must be/],
  ])("%s is refused before anything is sent", async (_, derFile, message) => {
    const script = scripted(() => success({}));
    const error = await failure(call(clientOf(script), certified, { derFile }), InvalidInputError);
    expect(error).toMatchObject({ code: "INPUT_INVALID", field: "derFile" });
    expect(error.message).toMatch(message);
    expect([...script.sent, ...script.tokenRequests]).toHaveLength(0);
  });

  it("that cannot be read says why in its cause", async () => {
    const script = scripted(() => success({}));
    const error = await failure(
      call(clientOf(script), certified, { derFile: { path: join(folder, "none") } }),
      InvalidInputError,
    );
    expect(error.cause).toMatchObject({ code: "ENOENT" });
  });
});
