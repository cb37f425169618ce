import type { Book } from "../exchange/book/book.js";
import type { BookEvent, Order } from "../exchange/book/order.js";
import type { Instrument } from "../exchange/market/instrument.js";
import { Market } from "../exchange/market/market.js";
import { Refused } from "../provider/behaviour.js";
import type { MockSettings } from "../shared/mock-provider.js";
import { domestic, foreign, openBook } from "./account.js";

/** The account, its orders and the market that fills them. */
export class Brokerage {
  readonly market: Market;
  readonly #tell: (event: BookEvent) => void;
  #book: Book;
  #number = 0;

  /** @param tell of what becomes of orders */
  constructor({ seed, clock }: MockSettings, tell: (event: BookEvent) => void) {
    this.market = new Market(seed, clock);
    this.#tell = tell;
    this.#book = this.#open();
  }

  /** Up to date with the market. */
  get book(): Book {
    this.#book.settle();
    return this.#book;
  }

  /** A price is traded now, and stays. @throws Error when there is no such stock */
  setPrice(code: string, price: number, exchange?: string): void {
    const instrument = exchange === undefined ? domestic(code) : foreign(code, exchange);
    if (!instrument) throw new Error(`There is no stock ${code}`);
    this.market.pin(instrument, price);
    this.#book.traded(instrument, price);
  }

  /** @throws Error when there is no such order */
  orderCalled(number: string): Order {
    const order = this.#book.find(number);
    if (!order) throw new Error(`There is no order ${number}`);
    return order;
  }

  reset(): void {
    this.market.reset();
    this.#number = 0;
    this.#book = this.#open();
  }

  #open(): Book {
    return openBook(
      this.market,
      () => ++this.#number,
      (event) => this.#tell(event),
    );
  }
}

/** @throws Refused 1902: there is no such stock */
export function known(instrument: Instrument | undefined, code: unknown): Instrument {
  if (instrument) return instrument;
  throw new Refused(200, "1902", `종목 정보가 없습니다. 입력한 종목코드 값을 확인바랍니다. 종목코드=${String(code)}`);
}
