import type { Book } from "./book.js";
import type { Order, Ticket } from "./order.js";
import { OrderError, type OrderProblem } from "./order-error.js";

/** An order that is given now for the next session. */
export interface Reservation {
  number: number;
  ticket: Ticket;
  at: number;
  /** When it becomes an order. */
  due: number;
  cancelledAt?: number;
  order?: Order;
  /** Why it did not become one. */
  refused?: OrderProblem;
}

/** 예약주문 of an account: they go into the book when their session begins. */
export class Reservations {
  readonly all: Reservation[] = [];
  readonly #book: Book;
  readonly #number: () => number;

  constructor(book: Book, number: () => number) {
    this.#book = book;
    this.#number = number;
  }

  add(ticket: Ticket, at: number, due: number): Reservation {
    const reservation: Reservation = { number: this.#number(), ticket, at, due };
    this.all.push(reservation);
    return reservation;
  }

  /** One that can still be changed. @throws OrderError when there is none of that number, or it is an order by now */
  waiting(number: string): Reservation {
    const found = this.all.find((reservation) => reservation.number === Number(number));
    if (!found) throw new OrderError("no-order");
    if (!isWaiting(found)) throw new OrderError("nothing-left");
    return found;
  }

  /** Gives the book what is due. */
  settle(now: number): void {
    for (const reservation of this.all) {
      if (!isWaiting(reservation) || now < reservation.due) continue;
      try {
        reservation.order = this.#book.place(reservation.ticket);
      } catch (error) {
        if (!(error instanceof OrderError)) throw error;
        reservation.refused = error.problem;
      }
    }
  }
}

export function isWaiting({ cancelledAt, order, refused }: Reservation): boolean {
  return cancelledAt === undefined && order === undefined && refused === undefined;
}
