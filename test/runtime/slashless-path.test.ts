/** `request` takes any path: one without its slash would be a part of the host's name. */
import { createCodef } from "kofin/codef";
import { createKis } from "kofin/kis";
import { createSandbox } from "kofin/sandbox";
import { createTossinvest } from "kofin/tossinvest";
import { createWoori } from "kofin/woori";
import { expect, test } from "vitest";

const sandbox = createSandbox();

test.each([
  ["CODEF", () => createCodef(sandbox.codef.options).request("v1/x")],
  ["KIS", () => createKis(sandbox.kis.options).request("FHKST01010100", { path: "v1/x", retry: "safe" })],
  ["Toss Securities", () => createTossinvest(sandbox.tossinvest.options).request("GET", "v1/x")],
  ["Woori", () => createWoori(sandbox.woori.options).request("v1/x")],
])("%s refuses a path without a slash", async (_, call) => {
  await expect(call()).rejects.toMatchObject({
    code: "INPUT_INVALID",
    field: "path",
    message: expect.stringContaining("has to begin with a slash: /v1/x"),
  });
});
