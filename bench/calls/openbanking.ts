import { createOpenBanking } from "kofin/openbanking";
import { accountBalanceFinNum } from "kofin/openbanking/account";
import { type ComparedCall, TOKEN } from "./call.js";

const useCode = "T000000000";
const path = "/v2.0/account/balance/fin_num";
const input = { fintech_use_num: "123456789012345678901234" };
const headers = { Authorization: `Bearer ${TOKEN}` };

const NINE_HOURS = 9 * 3_600_000;
const seoulStamp = () => new Date(Date.now() + NINE_HOURS).toISOString().replace(/\D/g, "").slice(0, 14);

/** A balance, by the institution's own token: a number and a time of its own for every call. */
export const openBankingCall: ComparedCall = {
  name: "Open Banking",
  byKofin(origin, { fetch } = {}) {
    const openBanking = createOpenBanking({
      environment: "test",
      clientId: "bench-client",
      clientSecret: "bench-secret",
      useCode,
      institutionScope: "sa",
      baseUrl: origin,
      ...(fetch && { fetch }),
    });
    return () => accountBalanceFinNum(openBanking, input);
  },
  byHand(origin) {
    let count = 0;
    return async (further) => {
      const bank_tran_id = `${useCode}U${String(count++).padStart(9, "0")}`;
      const query = new URLSearchParams({ ...input, bank_tran_id, tran_dtime: seoulStamp() });
      const response = await fetch(`${origin}${path}?${query}`, { headers, ...further });
      return JSON.parse(await response.text());
    };
  },
};
