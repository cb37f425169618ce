/**
 * Every account there is and the money in it. Money only ever moves between accounts: what all of them hold together stays the same.
 * @module
 */

/** A line in the passbook of an account. */
export interface Posting {
  /** Milliseconds since 1970. */
  at: number;
  into: boolean;
  amount: number;
  /** What the account holds afterwards. */
  after: number;
  /** 거래구분, such as `F/B출금`. */
  type: string;
  /** 통장인자내용 */
  print: string;
  /** The account on the other side. */
  other?: BankAccount;
  /** Whom the line is about: who sent it, or who gets it. */
  party?: string;
}

export interface BankAccount {
  readonly bankCode: string;
  readonly accountNum: string;
  readonly holder: string;
  /** Six digits of a birthday, or a business's ten. */
  readonly holderInfo: string;
  readonly type: string;
  readonly product: string;
  /** `yyyymmdd` */
  readonly issued: string;
  /** `yyyymmdd`; empty where there is none. */
  readonly maturity: string;
  /** What it held when the sandbox began. */
  readonly opening: number;
  balance: number;
  /** What happened since, oldest first. */
  readonly postings: Posting[];
}

/** One movement of money. */
export interface Movement {
  from: BankAccount;
  to: BankAccount;
  amount: number;
  at: number;
  /** What is printed on either side. */
  fromPrint: string;
  toPrint: string;
  fromType: string;
  toType: string;
}

export class Bank {
  readonly #accounts = new Map<string, BankAccount>();

  open(account: Omit<BankAccount, "balance" | "postings">): BankAccount {
    const key = keyOf(account.bankCode, account.accountNum);
    if (this.#accounts.has(key)) throw new Error(`There is an account ${account.accountNum} at ${account.bankCode}`);
    const opened: BankAccount = { ...account, balance: account.opening, postings: [] };
    this.#accounts.set(key, opened);
    return opened;
  }

  find(bankCode: unknown, accountNum: unknown): BankAccount | undefined {
    return this.#accounts.get(keyOf(String(bankCode), String(accountNum)));
  }

  get accounts(): readonly BankAccount[] {
    return [...this.#accounts.values()];
  }

  /** Moves money. The caller has seen to it that it is there. */
  move({ from, to, amount, at, fromPrint, toPrint, fromType, toType }: Movement): void {
    if (from === to) throw new Error(`Money does not move from ${from.accountNum} to itself`);
    from.balance -= amount;
    to.balance += amount;
    const line = { at, amount };
    from.postings.push({
      ...line,
      into: false,
      after: from.balance,
      type: fromType,
      print: fromPrint,
      other: to,
      party: to.holder,
    });
    to.postings.push({
      ...line,
      into: true,
      after: to.balance,
      type: toType,
      print: toPrint,
      other: from,
      party: from.holder,
    });
  }
}

function keyOf(bankCode: string, accountNum: string): string {
  return `${bankCode}/${accountNum}`;
}

/** `100000***0011`: as the center prints an account number. */
export function masked(accountNum: string): string {
  return accountNum.length < 8 ? accountNum : `${accountNum.slice(0, 6)}***${accountNum.slice(9)}`;
}

/** 점별코드: the bank's own first branch. */
export function branchOf(bankCode: string): string {
  return `${bankCode}0001`;
}
