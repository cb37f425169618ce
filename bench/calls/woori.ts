import { createWoori } from "kofin/woori";
import { getAccTransList } from "kofin/woori/finance";
import { type ProviderCall, TOKEN } from "./call.js";

const input = { INQ_ACNO: "1002123456789", INQ_STA_DT: "20260601", INQ_END_DT: "20260630" };

export const wooriCall: ProviderCall = {
  name: "Woori",
  byKofin(origin, { fetch } = {}) {
    const woori = createWoori({ appKey: "bench-app-key", token: TOKEN, baseUrl: origin, ...(fetch && { fetch }) });
    return () => getAccTransList(woori, input);
  },
};
