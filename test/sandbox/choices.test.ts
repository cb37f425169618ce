import type { TwoWayStep } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { connect, encrypt } from "./client.js";

const LEDGER = "/v1/kr/public/mw/building-register/set";

async function ask(steps: TwoWayStep[]) {
  const connection = await connect();
  connection.sandbox.codef.script(LEDGER, steps);
  const input = {
    organization: "0001",
    loginType: "5",
    loginTypeLevel: "1",
    userName: "홍길동",
    phoneNo: "01012345678",
    identity: "900101",
    address: "서울특별시 중구 가나로 11",
    addrType: "0",
    type: "0",
  };
  const first = (await connection.post(LEDGER, input)).body;
  const reply = async (answer: object, twoWayInfo: object = first.data) =>
    (await connection.post(LEDGER, { ...input, is2Way: true, twoWayInfo, ...answer })).body;
  return { ...connection, first, reply };
}

describe("주소 → 동 → 호", () => {
  test("offers addresses, then buildings, then units, then asks for 간편인증", async () => {
    const { first, reply, sandbox } = await ask([
      { method: "reqAddress" },
      { method: "dongNum" },
      { method: "hoNum" },
      { method: "simpleAuth" },
    ]);
    expect(first.data.method).toBe("reqAddress");
    const [address] = first.data.extraInfo.reqAddrList;
    expect(address).toEqual({ reqAddress: expect.any(String) });

    const dong = await reply({ reqAddress: address.reqAddress });
    expect(dong.data.extraInfo.reqDongNumList[0]).toEqual({ reqDong: "101동", commDongNum: "1" });
    const ho = await reply({ dongNum: "1" }, dong.data);
    expect(ho.data.extraInfo.reqHoNumList[0]).toEqual({ reqHo: "101호", commHoNum: "1" });
    const app = await reply({ hoNum: "2" }, ho.data);
    expect(app.data).toMatchObject({ method: "simpleAuth", extraInfo: { commSimpleAuth: "" } });
    sandbox.codef.approve();
    expect((await reply({ simpleAuth: "1" }, app.data)).result.code).toBe("CF-00000");
  });

  test("takes only what was offered, and what is shown is not what is sent", async () => {
    for (const dongNum of ["9", "101동"]) {
      const { reply } = await ask([{ method: "dongNum" }]);
      expect((await reply({ dongNum })).result.code).toBe("CF-00024");
    }
  });

  test("takes only the scripted answer, which is among the offers", async () => {
    const steps = [{ method: "dongNum", answer: "7" }];
    const { first, reply } = await ask(steps);
    const offered = first.data.extraInfo.reqDongNumList.map((row: { commDongNum: string }) => row.commDongNum);
    expect(offered).toContain("7");
    expect((await reply({ dongNum: "7" })).result.code).toBe("CF-00000");
    const other = await ask(steps);
    expect((await other.reply({ dongNum: offered.find((value: string) => value !== "7") })).result.code).toBe(
      "CF-00024",
    );
  });

  test("offers what the script offers, a single choice as an object too", async () => {
    const extraInfo = { reqHoNumList: { reqHo: "12호", commHoNum: "77" } };
    const { first, reply } = await ask([{ method: "hoNum", extraInfo }]);
    expect(first.data.extraInfo).toEqual(extraInfo);
    expect((await reply({ hoNum: "77" })).result.code).toBe("CF-00000");
  });
});

test("an answer that is encrypted is compared in plain text", async () => {
  const { post, sandbox } = await connect();
  const path = "/v1/kr/insurance/0001/credit4u/change-pwd";
  sandbox.codef.script(path, [{ method: "password1", answer: "temporary" }]);
  const key = sandbox.codef.publicKey;
  const body = { organization: "0001", id: "hong1234", password: encrypt("new", key), type: "0" };
  const first = (await post(path, body)).body;
  expect(first.result.code).toBe("CF-03002");
  const again = { ...body, is2Way: true, twoWayInfo: first.data };
  expect((await post(path, { ...again, password1: "temporary" })).body.result.code).toBe("CF-04020");
  expect((await post(path, { ...again, password1: encrypt("temporary", key) })).body.result.code).toBe("CF-00000");
});
