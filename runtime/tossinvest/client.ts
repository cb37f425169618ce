import { tossinvest } from "../../generated/tossinvest/provider.js";
import { faults } from "../call/fault.js";
import { defineProvider, type ProviderOptions } from "../provider/define.js";
import type { Client } from "../provider/operation.js";
import type { RealtimeOptions } from "../realtime/settings.js";
import { checkInput } from "./rules.js";

export interface TossinvestOptions extends ProviderOptions<typeof tossinvest> {
  /**
   * Whose orders, holdings and notices: `accountSeq` of `getAccounts`, sent as `X-Tossinvest-Account`. Clients of several accounts share
   * their token and their limits.
   */
  accountSeq?: number | string;
  /** The connection for live data. */
  realtime?: RealtimeOptions;
}

/** A client of Toss Securities. Hand it to its functions. */
export type Tossinvest = Client<"tossinvest">;

/**
 * Makes a client of Toss Securities. There is no paper trading: every order of it is real. A new token ends the one before, so
 * processes have to share it: give all of them the same `store`.
 * @example
 * const toss = createTossinvest({ clientId, clientSecret, accountSeq: 1 });
 * @throws InvalidInputError `CREDENTIALS_MISSING`, `INPUT_INVALID`
 */
export const createTossinvest: (options: TossinvestOptions) => Tossinvest = defineProvider(tossinvest, {
  fill: ({ accountSeq, clientId, clientSecret }: TossinvestOptions) => ({
    account: () => accountOf(accountSeq),
    clientId: () => clientId,
    clientSecret: () => clientSecret,
  }),
  secrets: ({ clientId }) => [clientId],
  check: checkInput,
});

/** @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID` */
export function accountOf(accountSeq: number | string | undefined): string {
  const fault = faults("tossinvest")({ id: "client" }, "accountSeq");
  if (accountSeq === undefined) throw fault("INPUT_MISSING", "is missing: getAccounts tells it");
  if (/^\d+$/.test(String(accountSeq))) return String(accountSeq);
  throw fault("INPUT_INVALID", "must be the whole number that getAccounts calls accountSeq");
}
