import { createKis } from "kofin/kis";
import { inquirePrice } from "kofin/kis/domestic-stock-quotations";
import { type ComparedCall, TOKEN } from "./call.js";

export const PLENTY = 1_000_000;

export const appKey = "bench".padEnd(36, "-");
export const appSecret = "bench".padEnd(180, "-");

const path = "/uapi/domestic-stock/v1/quotations/inquire-price";
const input = { FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: "005930" };
const headers = {
  authorization: `Bearer ${TOKEN}`,
  appkey: appKey,
  appsecret: appSecret,
  "content-type": "application/json; charset=utf-8",
  tr_id: "FHKST01010100",
  custtype: "P",
};

export const kisCall: ComparedCall = {
  name: "KIS",
  byKofin(origin, { fetch, unlimited } = {}) {
    const kis = createKis({
      environment: "real",
      appKey,
      appSecret,
      baseUrl: origin,
      ...(fetch && { fetch }),
      ...(unlimited && { limits: { perSecond: PLENTY, burst: PLENTY } }),
    });
    return () => inquirePrice(kis, input);
  },
  byHand: (origin) => async (further) => {
    const response = await fetch(`${origin}${path}?${new URLSearchParams(input)}`, { headers, ...further });
    return JSON.parse(await response.text());
  },
};
