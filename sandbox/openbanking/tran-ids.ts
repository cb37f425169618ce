import { ymd } from "../shared/clock.js";
import { badFormat } from "./wire.js";

/**
 * The bank_tran_ids of a day: ten characters of the institution, `U`, and nine that it has not used today. What has the wrong form
 * is refused without being used up.
 */
export class TranIds {
  #day = "";
  #used = new Set<string>();

  /**
   * Returns whether it is a new one.
   * @throws Refusal A0004 for another form, or another institution's prefix
   */
  use(id: unknown, useCode: string, now: number): boolean {
    if (typeof id !== "string" || !/^[A-Z0-9]{10}U[A-Z0-9]{9}$/.test(id) || !id.startsWith(useCode)) {
      throw badFormat("bank_tran_id");
    }
    const today = ymd(now);
    if (today !== this.#day) {
      this.#day = today;
      this.#used = new Set();
    }
    const isNew = !this.#used.has(id);
    this.#used.add(id);
    return isNew;
  }
}
