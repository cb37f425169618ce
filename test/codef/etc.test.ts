import {
  carBrandList,
  carDetailList,
  carModelList,
  carOptionList,
  carYearList,
  kbMarketPriceInformation,
  kbSerialNumber,
  kycRegistrationCard,
  ocrRegistrationCard,
} from "kofin/codef/etc";
import { expect, test } from "vitest";
import { BYTES, BYTES_BASE64, lastBody, setUp } from "./setup.js";

test("차량 코드: each list asks with the codes of the one before, in the query", async () => {
  const { codef, sandbox } = setUp();
  const brand = (await carBrandList(codef)).data[0]?.cd ?? "";
  const model = (await carModelList(codef, { brand })).data[0]?.cd ?? "";
  const year = (await carYearList(codef, { brand, model })).data[0]?.cd ?? "";
  const detail = (await carDetailList(codef, { brand, model, year })).data[0]?.cd ?? "";
  expect(detail).not.toBe("");
  const options = await carOptionList(codef, { brand, model, year, option: detail });
  expect(options.data[0]?.nm).toEqual(expect.any(String));
  const last = sandbox.codef.requests.at(-1);
  expect(last).toMatchObject({ method: "GET", text: "", body: { brand, model, year, option: detail } });
});

test("a maker with one model has a list of one", async () => {
  const { codef, sandbox } = setUp();
  sandbox.codef.single(true);
  expect((await carModelList(codef, { brand: "101" })).data).toHaveLength(1);
});

test("신분증: OCR takes the picture in the JSON, KYC as an uploaded file", async () => {
  const { codef, sandbox } = setUp();
  const read = await ocrRegistrationCard(codef, { Type: "1", IdCard_base64: BYTES });
  expect(read.data).toMatchObject({ resUserName: "홍길동" });
  expect(lastBody(sandbox)).toMatchObject({ IdCard_base64: BYTES_BASE64 });

  const uploaded = await kycRegistrationCard(codef, { file: BYTES });
  expect(uploaded.data).toMatchObject({ resUserName: "홍길동" });
  const request = sandbox.codef.requests.at(-1);
  expect(request?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
  expect(request?.body).toEqual({ file: BYTES_BASE64 });
});

test("KB 시세: the complex of an address, then its prices", async () => {
  const { codef } = setUp();
  const [complex] = (await kbSerialNumber(codef, { address: "서울특별시 중구 가나로 11" })).data;
  const { data } = await kbMarketPriceInformation(codef, { complexNo: complex?.commComplexNo ?? "" });
  expect(data.resDetailList?.[0]).toHaveProperty("resGeneralPrice");
});
