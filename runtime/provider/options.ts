/**
 * What a client and its calls are made with, looked at before anything can go wrong with it.
 * @module
 */
import { type FaultAt, faults } from "../call/fault.js";
import type { CallOptions } from "../call/reply.js";
import { isRecord } from "../paths.js";

/** The options that every client has, as anything that may have been passed. */
interface Given {
  baseUrl?: unknown;
  fetch?: unknown;
  timeoutMs?: unknown;
  answerTimeoutMs?: unknown;
  retries?: unknown;
  retryDelayMs?: unknown;
  limits?: unknown;
}

/** @throws InvalidInputError `INPUT_INVALID` */
export function checkOptions(provider: string, options: unknown): void {
  const at: FaultAt = (field) => faults(provider)({ id: "client" }, field);
  if (!isRecord(options)) throw at("options")("INPUT_INVALID", "must be an object");
  const { baseUrl, fetch, answerTimeoutMs, retryDelayMs, limits }: Given = options;
  if (baseUrl !== undefined && !isHttp(baseUrl)) {
    throw at("baseUrl")("INPUT_INVALID", "must be an address that begins with http:// or https://");
  }
  if (fetch !== undefined && typeof fetch !== "function") throw at("fetch")("INPUT_INVALID", "must be a function");
  checkTime(answerTimeoutMs, at("answerTimeoutMs"));
  if (retryDelayMs !== undefined && !isNumber(retryDelayMs, 0)) {
    throw at("retryDelayMs")("INPUT_INVALID", "must be milliseconds, 0 or more");
  }
  checkAttempts(options, at);
  if (limits !== undefined && limits !== false) checkLimits(limits, at);
}

/** @throws InvalidInputError `INPUT_INVALID` */
export function checkCallOptions(provider: string, operation: { id: string }, options: CallOptions = {}): void {
  const at: FaultAt = (field) => faults(provider)(operation, field);
  if (!isRecord(options)) throw at("options")("INPUT_INVALID", "must be an object");
  checkAttempts(options, at);
  const { signal } = options as { signal?: unknown };
  if (signal !== undefined && !(isRecord(signal) && "aborted" in signal)) {
    throw at("signal")("INPUT_INVALID", "must be an AbortSignal");
  }
}

function checkAttempts({ timeoutMs, retries }: Given, at: FaultAt): void {
  checkTime(timeoutMs, at("timeoutMs"));
  if (retries !== undefined && !(Number.isInteger(retries) && isNumber(retries, 0))) {
    throw at("retries")("INPUT_INVALID", "must be a whole number, 0 or more");
  }
}

function checkTime(ms: unknown, fault: ReturnType<FaultAt>): void {
  if (ms !== undefined && !isNumber(ms, Number.MIN_VALUE))
    throw fault("INPUT_INVALID", "must be milliseconds, more than 0");
}

function checkLimits(limits: unknown, at: FaultAt): void {
  const isGood = (limit: unknown) =>
    isRecord(limit) &&
    isNumber(limit.perSecond, Number.MIN_VALUE) &&
    (limit.burst === undefined || isNumber(limit.burst, 1));
  if (Array.isArray(limits) && limits.every(isGood)) return;
  throw at("limits")("INPUT_INVALID", "must be false, or a list of { perSecond, burst }: more than 0, and 1 or more");
}

function isNumber(value: unknown, least: number): boolean {
  return typeof value === "number" && value >= least;
}

function isHttp(address: unknown): boolean {
  return typeof address === "string" && /^https?:\/\//.test(address) && URL.canParse(address);
}
