/**
 * Where a walk through pages goes on: plain JSON, for another day or another process. It holds no secret, but the `CTX_AREA_…` keys
 * of account operations have the account number in them: keep it as you keep that.
 */
export interface PageToken {
  readonly provider: "kis";
  /** `module.operationId`: other operations refuse it. */
  readonly operation: string;
  /** What changes in the input. */
  readonly at: Readonly<Record<string, string>>;
  /** The oldest item so far, where pages are a walk into the past: what is not older has been seen. */
  readonly before?: string;
}
