import type { BankAccount } from "./bank.js";
import type { Registration } from "./registrations.js";

export type TransferKind = "withdraw" | "deposit";

/** A transfer that a bank has dealt with, and how. */
export interface Transfer {
  kind: TransferKind;
  useCode: string;
  bankTranId: string;
  /** `yyyymmdd` in Seoul */
  date: string;
  amount: number;
  from: BankAccount;
  /** Undefined when there is no such account. */
  to: BankAccount | undefined;
  fromPrint: string;
  toPrint: string;
  /** The user's side, where it was given as a 핀테크이용번호. */
  registration: Registration | undefined;
  /** bank_rsp_code: `000`, or why the bank did not do it. */
  outcome: string;
  /** How often 이체결과조회 still says 처리 중 before it tells. */
  stillProcessing: number;
}

/** A 자금반환청구, and what became of it. */
export interface Claim {
  useCode: string;
  bankTranId: string;
  date: string;
  transfer: Transfer;
  /** Where the money comes back to. */
  returnTo: BankAccount;
  state: "open" | "returned" | "refused";
}

/** What banks remember of transfers: what 이체결과조회 looks up. */
export class Journal {
  readonly #transfers = new Map<string, Transfer>();
  readonly #claims = new Map<string, Claim>();

  add(transfer: Transfer): void {
    this.#transfers.set(keyOf(transfer), transfer);
  }

  get transfers(): readonly Transfer[] {
    return [...this.#transfers.values()];
  }

  find(wanted: Pick<Transfer, "kind" | "bankTranId" | "date" | "useCode">): Transfer | undefined {
    const found = this.#transfers.get(keyOf(wanted));
    return found?.useCode === wanted.useCode ? found : undefined;
  }

  addClaim(claim: Claim): void {
    this.#claims.set(`${claim.date}/${claim.bankTranId}`, claim);
  }

  /** Whether the money of a transfer has been asked for, and was not refused. */
  hasClaim(transfer: Transfer): boolean {
    return [...this.#claims.values()].some((claim) => claim.transfer === transfer && claim.state !== "refused");
  }

  findClaim(useCode: string, date: unknown, bankTranId: unknown): Claim | undefined {
    const found = this.#claims.get(`${date}/${bankTranId}`);
    return found?.useCode === useCode ? found : undefined;
  }

  /** A claim by its bank_tran_id, of whichever day. */
  claimCalled(bankTranId: string): Claim | undefined {
    return [...this.#claims.values()].find((claim) => claim.bankTranId === bankTranId);
  }
}

function keyOf({ kind, date, bankTranId }: Pick<Transfer, "kind" | "date" | "bankTranId">): string {
  return `${kind}/${date}/${bankTranId}`;
}
