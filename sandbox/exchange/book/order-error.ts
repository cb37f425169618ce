/** Why an order cannot be: lack of money or of holdings, no such order, nothing left of it, or less than asked for. */
export type OrderProblem = "no-money" | "no-holdings" | "no-order" | "nothing-left" | "too-much";

/** The book does not do it. How a broker words that is the broker's. */
export class OrderError extends Error {
  readonly problem: OrderProblem;

  constructor(problem: OrderProblem) {
    super(problem);
    this.problem = problem;
  }
}
