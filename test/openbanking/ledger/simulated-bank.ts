import { memoryStore } from "kofin";
import { authorizeUrl, createOpenBanking, exchangeCode, type OpenBanking, readCallback } from "kofin/openbanking";
import { createSandbox, type OpenBankingSandboxOptions } from "kofin/sandbox";
import { Clock } from "./clock.js";
import { FlakyNetwork } from "./flaky-network.js";

/** An account of a user, as the institution knows it. */
export interface Account {
  userSeqNo: string;
  holder: string;
  bankCode: string;
  accountNum: string;
  fintechUseNum: string;
}

export type SimulatedBank = Awaited<ReturnType<typeof createSimulatedBank>>;

const LIMITS = Object.fromEntries(
  [
    ...["withdrawOnce", "withdrawDay", "withdrawMonth", "userOnce", "userDay"],
    ...["depositOnce", "depositDay", "depositMonth"],
  ].map((name) => [name, Number.POSITIVE_INFINITY]),
) as OpenBankingSandboxOptions["limits"] & object;

/** An institution of the kind that may do all four transfers, and users who let it withdraw: rich ones and poor ones. */
export async function createSimulatedBank(start: number) {
  const clock = new Clock(start);
  const sandbox = createSandbox({ now: clock.now, openBanking: { scope: "sa", limits: LIMITS } });
  const { openBanking: center } = sandbox;
  const network = new FlakyNetwork(sandbox, clock);
  const store = memoryStore();
  /** A client as a process has it that begins anew: what it knows stands in the store. */
  const restart = (): OpenBanking =>
    createOpenBanking({ ...center.options, fetch: network.fetch, store, now: clock.now, retryDelayMs: 1 });

  const openBanking = restart();
  const accounts: Account[] = [];
  for (const { name } of center.users) {
    const { url, state } = authorizeUrl(openBanking, { scope: "login inquiry transfer" });
    const callback = readCallback(await center.consent(url, { user: name }), state);
    const { userSeqNo } = await exchangeCode(openBanking, callback);
    const user = center.users.find((one) => one.userSeqNo === userSeqNo);
    for (const { bankCode, accountNum, fintechUseNum } of user?.accounts ?? []) {
      accounts.push({ userSeqNo, holder: name, bankCode, accountNum, fintechUseNum });
    }
  }
  return { clock, network, center, restart, accounts };
}
