import type { Identifiers } from "../shared/random.js";
import type { Scenario } from "./scenarios.js";

/** What tells one account of a connectedId from another. */
export interface AccountKey {
  countryCode: string;
  businessType: string;
  clientType: string;
  organization: string;
}

export interface Account extends AccountKey {
  loginType: string;
  /** What products answer for this account, when its login is an agreed name. */
  scenario?: Scenario;
}

/** The literals of CODEF's own samples: they always work, and nothing that is done to them lasts. */
const LITERALS: ReadonlySet<string> = new Set(["sandbox_connectedId", "sandbox_connectedId_01"]);

const SAMPLE_ACCOUNTS: readonly Account[] = [
  { countryCode: "KR", businessType: "BK", clientType: "P", organization: "0004", loginType: "1" },
  { countryCode: "KR", businessType: "BK", clientType: "B", organization: "0004", loginType: "0" },
  { countryCode: "KR", businessType: "CD", clientType: "P", organization: "0301", loginType: "1" },
];

export function isLiteral(connectedId: unknown): boolean {
  return typeof connectedId === "string" && LITERALS.has(connectedId);
}

/** The connectedIds of one client and the accounts behind them. */
export class Connections {
  readonly #ids: () => Identifiers;
  readonly #accounts = new Map<string, Account[]>();
  /** In the order in which they were made. */
  readonly connectedIds: string[] = [];

  constructor(ids: () => Identifiers) {
    this.#ids = ids;
  }

  create(): string {
    const connectedId = this.#ids().text(22);
    this.#accounts.set(connectedId, []);
    this.connectedIds.push(connectedId);
    return connectedId;
  }

  /** The accounts behind a connectedId; undefined when there is no such connectedId. */
  accounts(connectedId: unknown): readonly Account[] | undefined {
    if (isLiteral(connectedId)) return SAMPLE_ACCOUNTS;
    return typeof connectedId === "string" ? this.#accounts.get(connectedId) : undefined;
  }

  /** The account to update, delete or refer to. A literal has every account. */
  find(connectedId: string, key: AccountKey): Account | undefined {
    if (isLiteral(connectedId)) return { ...key, loginType: "1" };
    return this.#accounts.get(connectedId)?.find((account) => isSame(account, key));
  }

  /** Whether an account cannot be added because it is there. A literal takes every account. */
  isTaken(connectedId: string, key: AccountKey): boolean {
    return this.#accounts.get(connectedId)?.some((account) => isSame(account, key)) ?? false;
  }

  /** Adds an account, or takes it for the one that is there. */
  put(connectedId: string, account: Account): void {
    this.remove(connectedId, account);
    this.#accounts.get(connectedId)?.push(account);
  }

  remove(connectedId: string, key: AccountKey): void {
    const others = this.#accounts.get(connectedId)?.filter((account) => !isSame(account, key));
    if (others) this.#accounts.set(connectedId, others);
  }
}

export function isSame(one: AccountKey, other: AccountKey): boolean {
  return (
    one.organization === other.organization &&
    one.clientType === other.clientType &&
    one.businessType === other.businessType &&
    one.countryCode === other.countryCode
  );
}
