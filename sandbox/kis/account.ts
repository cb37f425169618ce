import { Book, type Listener } from "../exchange/book/book.js";
import { Reservations } from "../exchange/book/reservations.js";
import type { Market } from "../exchange/market/market.js";

/** An account of an environment: `12345678-01`. */
export class Account {
  /** With its hyphen. */
  readonly number: string;
  readonly book: Book;
  readonly reservations: Reservations;

  constructor(number: string, market: Market, numbers: () => number, tell: Listener) {
    this.number = number;
    this.book = new Book(number, market, numbers, tell);
    this.reservations = new Reservations(this.book, numbers);
  }

  get customer(): string {
    return customerOf(this.number);
  }

  get product(): string {
    return productOf(this.number);
  }

  /** Does everything that the market has brought about up to a time. */
  settle(now: number): void {
    this.reservations.settle(now);
    this.book.settle();
  }
}

/** `CANO` of an account. */
export function customerOf(number: string): string {
  return number.slice(0, 8);
}

/** `ACNT_PRDT_CD` of an account. */
export function productOf(number: string): string {
  return number.slice(9);
}
