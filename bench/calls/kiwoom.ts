import { createKiwoom } from "kofin/kiwoom";
import { stockInfo } from "kofin/kiwoom/domestic-stock-info";
import type { ProviderCall } from "./call.js";

export const kiwoomCall: ProviderCall = {
  name: "Kiwoom",
  byKofin(origin, { fetch, unlimited } = {}) {
    const kiwoom = createKiwoom({
      environment: "real",
      appKey: "bench",
      secretKey: "bench",
      baseUrl: origin,
      ...(fetch && { fetch }),
      ...(unlimited && { limits: false }),
    });
    return () => stockInfo(kiwoom, { stk_cd: "005930" });
  },
};
