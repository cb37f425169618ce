import { expect, test } from "vitest";
import { connect, connectTo, idLogin } from "./client.js";

const CERTIFICATE = "/v1/kr/etc/hr/qnet-certificate/status";
const ASKED = { organization: "0001", userName: "홍길동", docNo: "1234567890123456" };
const BRANDS = "/v1/kr/car/brand-list";
const STATUS = "/v1/kr/public/nt/business/status";

test("a list that may arrive as an object does so, made up or from an example", async () => {
  const { post, send, sandbox } = await connect();
  const brands = async () => (await send(BRANDS, "", { method: "GET" })).body;
  expect((await post(CERTIFICATE, ASKED)).body.data.resItemList.length).toBeGreaterThan(1);
  sandbox.codef.single(true);
  const { data } = (await post(CERTIFICATE, ASKED)).body;
  expect(data.resItemList).toMatchObject({ resItemName: expect.any(String), resPassDate: expect.any(String) });
  expect((await brands()).data).toMatchObject({ cd: "101" });
  sandbox.codef.single(false);
  expect((await brands()).data).toHaveLength(3);
});

test("a list that is always a list stays one", async () => {
  const { post, sandbox } = await connect({ codef: { single: true } });
  const entries = { accountList: [idLogin(sandbox.codef.publicKey)] };
  const { connectedId } = (await post("/v1/account/create", entries)).body.data;
  expect((await post("/v1/account/list", { connectedId })).body.data.accountList).toHaveLength(1);
});

test("one row for each item that was asked, and the row itself when it was one", async () => {
  const { post } = await connect({ codef: { single: true } });
  const ask = async (...numbers: string[]) => {
    const reqIdentityList = numbers.map((reqIdentity) => ({ reqIdentity }));
    return (await post(STATUS, { organization: "0004", reqIdentityList })).body.data;
  };
  expect(await ask("1234567890")).toMatchObject({ resCompanyIdentityNo: "1234567890" });
  expect(await ask("1234567890", "3333344444")).toHaveLength(2);
});

test("reset goes back to the option", async () => {
  for (const single of [false, true]) {
    const { sandbox } = await connect({ codef: { single } });
    sandbox.codef.single(!single);
    sandbox.reset();
    const { post } = await connectTo(sandbox);
    const { resItemList } = (await post(CERTIFICATE, ASKED)).body.data;
    expect(Array.isArray(resItemList)).toBe(!single);
  }
});
