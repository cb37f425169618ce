import { OrderError, type OrderProblem } from "../exchange/book/order-error.js";
import { messageFor } from "./messages.js";

/** KIS does not do it: the reason goes back in the envelope, with HTTP 200, or 500 when the gateway says so. */
export class Refusal extends Error {
  readonly code: string;

  /** @param message default: what KIS says with that code */
  constructor(code: string, message: string = messageFor(code)) {
    super(message);
    this.code = code;
  }
}

const PROBLEMS: Readonly<Record<OrderProblem, readonly [code: string, message?: string]>> = {
  "no-money": ["APBK0919"],
  "no-holdings": ["APBK0400"],
  "no-order": ["APBK0344"],
  "nothing-left": ["APBK0927"],
  "too-much": ["APBK0927", "정정취소 가능수량을 초과하였습니다."],
};

/** What the book has against an order, as KIS says it. */
export function refusalOf(problem: OrderProblem): Refusal {
  const [code, message] = PROBLEMS[problem];
  return new Refusal(code, message);
}

/** The refusal that an error comes to. @throws the error, when it is none */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof OrderError) return refusalOf(error.problem);
  throw error;
}
