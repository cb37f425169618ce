import { isRecord, type Json } from "../shared/json.js";

/** 응답정보 of the portal: a request that the test environment answers, and fields of the answer. */
export interface TestDatum {
  /** What the request must bring, field by field; of a deposit's list its one row. */
  request: Readonly<Json>;
  /** Fields that replace those of the answer. */
  answer?: Readonly<Json>;
}

/** Data that was registered for the test environment, by path. */
export class TestData {
  readonly #byPath = new Map<string, TestDatum[]>();
  strict: boolean;

  constructor(strict: boolean) {
    this.strict = strict;
  }

  add(path: string, datum: TestDatum): void {
    this.#byPath.set(path, [...(this.#byPath.get(path) ?? []), datum]);
  }

  /** The latest that fits; undefined when there is none. */
  find(path: string, input: Json): TestDatum | undefined {
    const [row] = Array.isArray(input.req_list) ? input.req_list : [];
    const all = isRecord(row) ? { ...input, ...row } : input;
    return this.#byPath
      .get(path)
      ?.findLast(({ request }) => Object.entries(request).every(([field, value]) => all[field] === value));
  }
}
