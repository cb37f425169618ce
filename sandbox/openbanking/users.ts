import { createHash } from "node:crypto";
import { addDays, ymd } from "../shared/clock.js";
import type { Bank, BankAccount } from "./bank.js";
import { type SandboxAccount, type SandboxPerson, TEST_BANK } from "./people.js";

/** A person whom the center knows. */
export interface User {
  readonly userSeqNo: string;
  readonly ci: string;
  readonly name: string;
  readonly birth: string;
  readonly gender: "M" | "F";
  readonly cellNo: string;
  email: string;
  /** Everything the person has at a bank, registered with an institution or not. */
  readonly accounts: BankAccount[];
}

const PRODUCTS: Record<string, string | undefined> = {
  "1": "오픈 입출금통장",
  "2": "오픈 정기예금",
  "6": "오픈 수익증권",
  T: "오픈 종합계좌",
};
/** 예적금 and the like end some day. */
const TERM_TYPES = ["2"];

export class Users {
  readonly #bank: Bank;
  readonly #began: number;
  readonly #users: User[] = [];

  constructor(people: readonly SandboxPerson[], bank: Bank, began: number) {
    this.#bank = bank;
    this.#began = began;
    for (const person of people) this.add(person);
  }

  /** @throws Error for an account number that is taken */
  add({ name, birth, gender, cellNo, email, accounts }: SandboxPerson): User {
    const userSeqNo = String(1_100_000_001 + this.#users.length);
    const ci = createHash("sha512").update(`${userSeqNo}/${name}/${birth}`).digest("base64");
    const user: User = { userSeqNo, ci, name, birth, gender, cellNo, email, accounts: [] };
    for (const account of accounts) user.accounts.push(this.#open(account, user));
    this.#users.push(user);
    return user;
  }

  get all(): readonly User[] {
    return this.#users;
  }

  find(userSeqNo: unknown): User | undefined {
    return this.#users.find((user) => user.userSeqNo === userSeqNo);
  }

  byCi(ci: unknown): User | undefined {
    return this.#users.find((user) => user.ci === ci);
  }

  ownerOf(account: BankAccount): User | undefined {
    return this.#users.find((user) => user.accounts.includes(account));
  }

  /** By 사용자일련번호 or by name; without either the first. @throws Error when there is nobody of that name */
  named(name: string | undefined): User {
    const user =
      name === undefined ? this.#users[0] : this.#users.find((one) => [one.userSeqNo, one.name].includes(name));
    if (!user) throw new Error(`Nobody is called ${name}: there are ${this.#users.map((one) => one.name).join(", ")}`);
    return user;
  }

  #open({ accountNum, bankCode = TEST_BANK, type = "1", product, balance = 3_000_000 }: SandboxAccount, user: User) {
    return this.#bank.open({
      bankCode,
      accountNum,
      holder: user.name,
      holderInfo: user.birth.slice(2),
      type,
      product: product ?? PRODUCTS[type] ?? "",
      issued: ymd(addDays(this.#began, -1_000)),
      maturity: TERM_TYPES.includes(type) ? ymd(addDays(this.#began, 500)) : "",
      opening: balance,
    });
  }
}
