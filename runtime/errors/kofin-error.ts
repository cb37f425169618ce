/** Where an error comes from; every subclass takes it. */
export interface ErrorContext {
  provider: string;
  /** `module.operationId`, or the path of a call without a spec. */
  operation?: string | undefined;
  cause?: unknown;
}

/**
 * Base of every error kofin throws. `code` is stable and meant for programs: either one of kofin's own words (`INPUT_MISSING`,
 * `TIMEOUT` …) or the provider's own result code (`CF-12801`). Nothing secret is ever enumerable or part of a text.
 */
export class KofinError extends Error {
  readonly code: string;
  readonly provider: string;
  /** `module.operationId`, or the path of a call without a spec; undefined when no call was involved. */
  readonly operation: string | undefined;

  constructor(code: string, message: string, context: ErrorContext) {
    super(message, context.cause === undefined ? undefined : { cause: context.cause });
    this.name = new.target.name;
    this.code = code;
    this.provider = context.provider;
    this.operation = context.operation;
  }
}

/** Adds properties that logs, `JSON.stringify` and `util.inspect` do not show. */
export function hide<T extends object>(target: T, properties: Record<string, unknown>): T {
  for (const key in properties) Object.defineProperty(target, key, { value: properties[key], configurable: true });
  return target;
}
