import type { TokenSource } from "../auth/token.js";
import type { TokenStore } from "../auth/token-store.js";
import type { Performer } from "../call/clients.js";
import type { EventListener } from "../call/events.js";
import type { Transport } from "../call/transport.js";
import type { RealtimeOptions } from "../realtime/settings.js";
import { readAccount } from "./account.js";
import type { Credentials } from "./credentials.js";
import { type Corporate, checkCorporate } from "./customer.js";
import type { KisLimits } from "./defaults.js";
import { faultAt, HOSTS, type KisEnvironment } from "./operation.js";

export interface KisOptions {
  /** `real` moves real money, `mock` is 모의투자. There is no default. */
  environment: KisEnvironment;
  /** KIS Developers (apiportal.koreainvestment.com): real and mock have different pairs. */
  appKey: string;
  appSecret: string;
  /** `12345678-01`: what calls go to that name no account themselves. */
  account?: string;
  /** The user's id at KIS, which condition searches, watch lists and execution notices ask for. */
  htsId?: string;
  /** For corporate customers (custtype B). Default an individual (P). */
  corporate?: Corporate;
  /**
   * How requests leave the process. Default the platform's `fetch`; `kofin/node` has a faster one for servers. All clients on the
   * network that have an app key in common share its token and its limits; so do those of one transport that is none, such as
   * `createSandbox().fetch`.
   */
  fetch?: Transport;
  /**
   * Milliseconds for a call, with the wait for its turn, for a token, and further attempts. Default 300,000. An order that is worth
   * nothing when it is late takes a shorter one: what has not left by then is not sent.
   */
  timeoutMs?: number;
  /** Milliseconds from sending to answer. Default 30,000; an order that has none by then is an OutcomeUnknownError. */
  answerTimeoutMs?: number;
  /** Further attempts of look-ups. Default 2; 0 turns them off. Orders are sent once, whatever it says. */
  retries?: number;
  /** Milliseconds before the first further attempt, doubled for each one after it. Default 250. */
  retryDelayMs?: number;
  /** Told of every request, answer, retry and error, with secrets taken out. */
  onEvent?: EventListener;
  /**
   * Where tokens are kept, to be shared: `fileStore` of `kofin/node` for the processes of a machine. KIS issues one a minute, and
   * tells the owner of the account of each. Default the memory of this process. They stand in it under a hash of the app key.
   */
  store?: TokenStore;
  /** Where tokens come from, should that be quite another place. Then `store` is not asked. */
  tokens?: TokenSource;
  /** How fast this app key may go; `false` for no limit but KIS's own. Default: see `LIMITS`. */
  limits?: KisLimits | false;
  /** Settings of realtime connections. */
  realtime?: RealtimeOptions;
  /** Another host, such as a local sandbox or a proxy. */
  baseUrl?: string;
}

/** What functions of this folder reach through a client. */
export interface KisPerformer extends Performer {
  readonly environment: KisEnvironment;
  readonly appKey: string;
  readonly htsId: string | undefined;
  readonly corporate: Corporate | undefined;
  readonly onEvent: EventListener | undefined;
  readonly realtime: RealtimeOptions;
  /** The key that opens a realtime session. `renew`: the one at hand was refused. */
  approvalKey(renew: boolean): Promise<string>;
  revokeToken(): Promise<void>;
}

/** What of the options goes along with every call, once it is known to be there. */
export function credentialsOf(options: KisOptions): Credentials {
  const fault = (field: string) => faultAt({ id: "createKis" }, field);
  const { environment, appKey, appSecret, account, htsId, corporate } = options;
  if (!Object.hasOwn(HOSTS, environment ?? "")) {
    const isMissing = environment === undefined;
    const mend = `${isMissing ? "is missing" : "does not exist"}: say real, where orders move money, or mock`;
    throw fault("environment")(isMissing ? "INPUT_MISSING" : "INPUT_INVALID", mend);
  }
  if (!appKey || !appSecret) {
    const mend = `is missing for ${environment}: KIS Developers (apiportal.koreainvestment.com) has a pair for each environment`;
    throw fault(appKey ? "appSecret" : "appKey")("CREDENTIALS_MISSING", mend);
  }
  if (corporate) {
    checkCorporate(corporate);
    if (environment === "mock") {
      throw fault("corporate")(
        "MOCK_UNSUPPORTED",
        "cannot go with mock: KIS has no mock trading for corporate customers (EGW00210)",
      );
    }
  }
  return {
    environment,
    appKey,
    appSecret,
    account: account === undefined ? undefined : readAccount(account, fault("account")),
    htsId,
    corporate,
  };
}
