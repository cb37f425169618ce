import { createCodef } from "kofin/codef";
import { accountTransactionList } from "kofin/codef/bank";
import { type ComparedCall, TOKEN } from "./call.js";

export const path = "/v1/kr/bank/p/account/transaction-list";
export const input = {
  organization: "0004",
  connectedId: "sandbox_connectedId",
  account: "05300000004040",
  startDate: "20260601",
  endDate: "20260630",
  orderBy: "0",
  inquiryType: "1",
};
export const headers = { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json" };

export const encode = () => encodeURIComponent(JSON.stringify(input));
export const decode = (text: string): unknown => JSON.parse(decodeURIComponent(text.replaceAll("+", " ")));

export const codefCall: ComparedCall = {
  name: "CODEF",
  byKofin(origin, { fetch } = {}) {
    const codef = createCodef({ baseUrl: origin, oauthUrl: origin, ...(fetch && { fetch }) });
    return () => accountTransactionList(codef, input);
  },
  byHand: (origin) => async (further) => {
    const response = await fetch(origin + path, { method: "POST", headers, body: encode(), ...further });
    return decode(await response.text());
  },
};
