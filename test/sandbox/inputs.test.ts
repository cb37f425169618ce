import { expect, test } from "vitest";
import { madeUp } from "../support/certificate.js";
import { connect, encrypt, read } from "./client.js";

const KYC = "/v1/kr/etc/a/kyc/registration-card";
const CAR = "/v1/kr/car/model-list?brand=101&mine=7";
const PENSION = "/v1/kr/public/pp/nps-minwon/member-join-list";

test("a GET product takes its parameters in the query and answers the same envelope", async () => {
  const { raw, sandbox } = await connect();
  const answer = await read(await raw(CAR, "", { method: "GET" }));
  expect(answer.text).toMatch(/^%7B/);
  expect(answer.body.result.code).toBe("CF-00000");
  expect(answer.body.data[0]).toMatchObject({ cd: expect.any(String), nm: expect.any(String) });
  expect(answer.body.mine).toBe("7");
  expect(sandbox.codef.requests.at(-1)).toMatchObject({ method: "GET", body: { brand: "101", mine: "7" } });
});

test("the method is the product's own: everything else is 405, and says which it is", async () => {
  const { raw } = await connect();
  const posted = await raw("/v1/kr/car/brand-list", "{}");
  expect([posted.status, posted.headers.get("Allow")]).toEqual([405, "GET"]);
  const got = await raw("/v1/kr/bank/p/account/account-list", "", { method: "GET" });
  expect([got.status, got.headers.get("Allow")]).toEqual([405, "POST"]);
});

async function upload(body: string | FormData) {
  const { sandbox, token } = await connect();
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await sandbox.fetch(`https://sandbox.codef.io${KYC}`, { method: "POST", headers, body });
  return { ...(await read(answer)), log: sandbox.codef.requests.at(-1) };
}

test("a form product takes its parts, files as bytes", async () => {
  const bytes = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 255);
  const form = new FormData();
  form.set("file", new Blob([bytes], { type: "image/png" }), "card.png");
  form.set("note", "앞면");
  const { body, log } = await upload(form);
  expect(body.result.code).toBe("CF-00000");
  expect(body.data).toMatchObject({ resUserName: expect.any(String) });
  expect(body.note).toBe("앞면");
  expect(log?.body).toEqual({ file: Buffer.from(bytes).toString("base64"), note: "앞면" });
});

test("a form product that gets no form cannot read it: CF-00002", async () => {
  expect((await upload('{"file":"AAAA"}')).body.result.code).toBe("CF-00002");
});

const { der, key, pfx } = await madeUp({ password: "1234" });

/** The ways to log in of a public product, by what they need. */
async function login(changes: object) {
  const { post, sandbox } = await connect();
  const certPassword = encrypt("1234", sandbox.codef.publicKey);
  const certificate = { loginType: "0", certFile: der, keyFile: key, certPassword };
  const all = { organization: "0001", userName: "홍길동", identity: "9001011234567", ...certificate, ...changes };
  const { result } = (await post(PENSION, all)).body;
  return [result.code, result.extraMessage];
}

test("certType may be left out: der and key files are the usual certificate", async () => {
  expect(await login({})).toEqual(["CF-00000", ""]);
  expect(await login({ certType: "1" })).toEqual(["CF-00000", ""]);
  expect(await login({ keyFile: undefined })).toEqual(["CF-00001", "keyFile"]);
});

test("each way to log in needs its own fields, and none of the others", async () => {
  expect(await login({ certType: "pfx", certFile: pfx, keyFile: undefined })).toEqual(["CF-00000", ""]);
  const nothing = { certFile: undefined, keyFile: undefined, certPassword: undefined };
  expect(await login({ ...nothing, loginType: "5", loginTypeLevel: "1" })).toEqual(["CF-00001", "phoneNo"]);
  expect(await login({ ...nothing, loginType: "5", loginTypeLevel: "1", phoneNo: "01012345678" })).toEqual([
    "CF-00000",
    "",
  ]);
});

test("a way to log in that the product does not have is CF-00007, none at all is CF-00001", async () => {
  expect(await login({ loginType: "9" })).toEqual(["CF-00007", "loginType"]);
  expect(await login({ certType: "p12" })).toEqual(["CF-00007", "certType"]);
  expect(await login({ loginType: undefined })).toEqual(["CF-00001", "loginType"]);
});

test("encrypted values of a way to log in have to decrypt", async () => {
  expect(await login({ certPassword: "1234" })).toEqual(["CF-04020", "certPassword"]);
});

test("a certificate that is no base64 cannot be converted", async () => {
  expect(await login({ certFile: "C:\\signCert.der" })).toEqual(["CF-04023", "certFile"]);
  expect(await login({ keyFile: "한글" })).toEqual(["CF-04023", "keyFile"]);
  expect(await login({ certType: "pfx", keyFile: undefined, certFile: "a b" })).toEqual(["CF-04022", "certFile"]);
});

test("CODEF's samples cut certificates short, and pass", async () => {
  expect(await login({ certFile: "MIIF...", keyFile: "MIIF..." })).toEqual(["CF-00000", ""]);
});
