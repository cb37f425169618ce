import { random } from "../shared/random.js";
import type { BankAccount } from "./bank.js";
import type { User } from "./users.js";

/** Whether the user allows an institution something: 제3자정보제공동의 for inquiries, 출금동의 for withdrawals. */
export type AgreementState = "missing" | "agreed" | "expired";
export type AgreementKind = "inquiry" | "transfer";

export interface Agreement {
  state: AgreementState;
  /** When it was given; undefined as long as it never was. */
  at: number | undefined;
}

/** An account of a user as one institution knows it. */
export interface Registration {
  readonly useCode: string;
  readonly user: User;
  readonly account: BankAccount;
  readonly fintechUseNum: string;
  readonly payerNum: string;
  alias: string;
  /** 해지: the user has taken everything back. */
  cancelled: boolean;
  readonly inquiry: Agreement;
  readonly transfer: Agreement;
}

/** What else a user can let an institution see. */
export type AssetKind = "cards" | "pays" | "insurances" | "loans";

/** A user of one institution. */
export interface Member {
  readonly user: User;
  /** 탈퇴: left the institution. A new consent brings the user back. */
  closed: boolean;
  /** Since when which assets may be looked at. */
  readonly assets: Map<AssetKind, number>;
}

/** Which accounts and users an institution has, and what it may do with them. */
export class Registrations {
  readonly #seed: string | number;
  readonly #byNumber = new Map<string, Registration>();
  readonly #members = new Map<string, Member>();

  constructor(seed: string | number) {
    this.#seed = seed;
  }

  /** The user joins the institution, or comes back to it. */
  join(useCode: string, user: User): Member {
    const key = `${useCode}/${user.userSeqNo}`;
    const member = this.#members.get(key) ?? { user, closed: false, assets: new Map() };
    member.closed = false;
    this.#members.set(key, member);
    return member;
  }

  member(useCode: string, userSeqNo: unknown): Member | undefined {
    return this.#members.get(`${useCode}/${userSeqNo}`);
  }

  /** The number under which an institution would know an account: it is never another one. */
  numberOf(useCode: string, { bankCode, accountNum }: BankAccount): string {
    const next = random(`${this.#seed}/fintech/${useCode}/${bankCode}/${accountNum}`);
    const digits = Array.from({ length: 15 }, () => Math.floor(next() * 10)).join("");
    return `${useCode.replace(/\D/g, "").padStart(9, "1").slice(-9)}${digits}`;
  }

  /** Registers an account for the given agreements; those that it had stay. */
  register(
    useCode: string,
    user: User,
    account: BankAccount,
    kinds: readonly AgreementKind[],
    at: number,
  ): Registration {
    const fintechUseNum = this.numberOf(useCode, account);
    const registration = this.#byNumber.get(fintechUseNum) ?? {
      useCode,
      user,
      account,
      fintechUseNum,
      payerNum: account.accountNum.slice(-10),
      alias: account.product,
      cancelled: false,
      inquiry: { state: "missing", at: undefined },
      transfer: { state: "missing", at: undefined },
    };
    for (const kind of kinds) Object.assign(registration[kind], { state: "agreed", at });
    registration.cancelled = false;
    this.#byNumber.set(fintechUseNum, registration);
    return registration;
  }

  find(fintechUseNum: unknown): Registration | undefined {
    return this.#byNumber.get(String(fintechUseNum));
  }

  /** By account: what an institution that knows account numbers asks with. */
  of(useCode: string, account: BankAccount | undefined): Registration | undefined {
    return account && this.#byNumber.get(this.numberOf(useCode, account));
  }

  /** Accounts of a user with an institution, in the order of registration. */
  list(useCode: string, userSeqNo: unknown): Registration[] {
    return [...this.#byNumber.values()].filter(
      (registration) => registration.useCode === useCode && registration.user.userSeqNo === userSeqNo,
    );
  }

  /** 탈퇴: the user is gone, and with the user everything that was allowed. */
  close(useCode: string, member: Member): void {
    member.closed = true;
    member.assets.clear();
    for (const registration of this.list(useCode, member.user.userSeqNo)) {
      for (const kind of ["inquiry", "transfer"] as const) cancelAgreement(registration, kind);
    }
  }
}

/** Takes an agreement back; with the last of them the account is no longer registered. */
export function cancelAgreement(registration: Registration, kind: AgreementKind): void {
  registration[kind].state = "missing";
  const { inquiry, transfer } = registration;
  registration.cancelled = inquiry.state === "missing" && transfer.state === "missing";
}
