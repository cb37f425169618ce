import { InvalidInputError } from "kofin";
import { undiciTransport } from "kofin/node";
import { createSandbox } from "kofin/sandbox";
import { createWoori } from "kofin/woori";
import {
  type GetCreditLoanBasicInfoData,
  getCreditLoanBasicInfo,
  type LegacyGetCreditLoanBasicInfoRequest,
  legacyGetCreditLoanBasicInfo,
} from "kofin/woori/credit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ServedSandbox, serveSandbox } from "../../sandbox/serve.js";
import { failure } from "../support/failure.js";
import { json } from "./samples.js";

/** 대출기본정보요청 as the document of 2019-06-28 prints it: 신용대출 서비스 v1.0, §4.1. */
const sample = json("woori-credit-loan") as {
  path: string;
  request: { dataHeader: Record<string, string>; dataBody: LegacyGetCreditLoanBasicInfoRequest };
  response: { dataHeader: object; dataBody: Record<string, string> };
};
const { dataHeader: device, dataBody: consents } = sample.request;

const sandbox = createSandbox();
let served: ServedSandbox;
beforeAll(async () => {
  served = await serveSandbox(sandbox, { port: 0 });
});
afterAll(() => served.close());
beforeEach(() => sandbox.reset());

const clientOf = (changes = {}) => {
  const { appKey, secretKey, token } = sandbox.woori.options;
  return createWoori({ appKey, secretKey, token, device, baseUrl: served.url, ...changes });
};
const overUndici = () => clientOf({ fetch: undiciTransport() });

describe("over undici, on a port", () => {
  it("the request leaves value for value, by GET as documented", async () => {
    await legacyGetCreditLoanBasicInfo(overUndici(), consents);
    const [received] = sandbox.woori.requests;
    expect(received).toMatchObject({ method: "GET", path: sample.path });
    expect(received?.body).toEqual(sample.request);
    expect(received?.headers).toMatchObject({
      appkey: sandbox.woori.options.appKey,
      secretkey: sandbox.woori.options.secretKey,
      authorization: `Bearer ${sandbox.woori.token}`,
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(received?.text ?? "")),
    });
  });

  it("the sandbox answers with every field of the table", async () => {
    const { data } = await legacyGetCreditLoanBasicInfo(overUndici(), consents);
    const table = Object.keys(sample.response.dataBody).map((name) => name.replace("SGL_", "SGI_"));
    expect(Object.keys(data).sort()).toEqual(table.sort());
    expect(data.CNT).toBe(data.ACCOUNT_LIST?.length);
  });

  it("the answer arrives value for value; the number that the example misspells has the name of the table", async () => {
    sandbox.woori.failNext({ body: sample.response, path: "credit.legacyGetCreditLoanBasicInfo" });
    const { data, raw, transactionId } = await legacyGetCreditLoanBasicInfo(overUndici(), consents);
    const { SGL_TSBSR_NO, ...rest } = sample.response.dataBody;
    // The example has an empty text where the table has a list.
    expect(data).toEqual({ ...rest, SGI_TSBSR_NO: SGL_TSBSR_NO, ACCOUNT_LIST: [] });
    expect(raw).toEqual(sample.response);
    expect(transactionId).toBeUndefined();
  });

  it("the name of the table is taken as well, and a list as the table has it", async () => {
    const { SGL_TSBSR_NO, ...rest } = sample.response.dataBody;
    const dataBody = { ...rest, SGI_TSBSR_NO: SGL_TSBSR_NO, ACCOUNT_LIST: [{ CUS_USG_ACNO: "1002123456789" }] };
    sandbox.woori.failNext({ body: { dataHeader: { GLBL_ID: "G" }, dataBody } });
    const { data, transactionId } = await legacyGetCreditLoanBasicInfo(overUndici(), consents);
    expect(data).toEqual(dataBody);
    expect(transactionId).toBe("G");
  });
});

describe("over fetch", () => {
  it("is refused before anything is sent, with the transport and the successor named", async () => {
    const error = await failure(legacyGetCreditLoanBasicInfo(clientOf(), consents), InvalidInputError);
    expect(error.code).toBe("TRANSPORT_UNFIT");
    expect(error.message).toMatch(/undiciTransport\(\).+kofin\/node.+credit\/getCreditLoanBasicInfo/);
    expect(sandbox.woori.requests).toEqual([]);
  });

  it("the successor of 2021 takes the same consents by POST", async () => {
    const { data }: { data: GetCreditLoanBasicInfoData } = await getCreditLoanBasicInfo(clientOf(), consents);
    expect(data.SGI_TSBSR_NO).toBeTypeOf("string");
    const [received] = sandbox.woori.requests;
    expect(received).toMatchObject({ method: "POST", path: sample.path });
    expect(received?.body).toEqual(sample.request);
  });
});
