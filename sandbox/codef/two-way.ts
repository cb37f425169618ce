import { captcha } from "../shared/captcha.js";
import type { Clock } from "../shared/clock.js";
import { isBlank, isRecord, type Json } from "../shared/json.js";
import { decrypt } from "../shared/keys.js";
import type { Identifiers } from "../shared/random.js";
import { choicesFor, isOffered } from "./choices.js";
import { SUCCESS } from "./entries.js";
import type { Route } from "./routes.js";
import { type SharedLogin, SharedLogins } from "./shared-login.js";
import { type Answer, refuse } from "./wire.js";

/** One question of an institution, and the answer that satisfies it. */
export interface TwoWayStep {
  /** `secureNo` (captcha), `smsAuthNo`, `emailAuthNo`, `simpleAuth`, or what a public product asks for. */
  method: string;
  /**
   * The right answer: the value of the field that is called like the method, or several fields by name. Without one any answer
   * will do that is on offer. `simpleAuth` has none: it waits for `approve()`.
   */
  answer?: string | Readonly<Record<string, string>>;
  /** Default: what CODEF sends with that method, such as a captcha image or a list to choose from. */
  extraInfo?: Readonly<Json>;
  /** Seconds to answer. Default 160, and 270 for `simpleAuth`. */
  timeout?: number;
  /** For `simpleAuth`: the user has approved on the phone before being asked. Default false. */
  approved?: boolean;
}

interface Session {
  path: string;
  steps: readonly TwoWayStep[];
  /** Which step is being asked. */
  round: number;
  jti: string;
  /** Of the question that waits for an answer. */
  timestamp: number;
  approved: boolean;
  /** How often `simpleAuth` was called done before it was. */
  tooEarly: number;
  over: boolean;
  /** For 다건요청: what this job's requests wait for. */
  login?: SharedLogin;
}

/** Who sends a request. */
export interface Asker {
  clientId: string;
  signal: AbortSignal;
}

/** Sessions that are remembered: enough for any test, and an end for a server that runs for weeks. */
const SESSION_LIMIT = 10_000;
const TOLERATED_TOO_EARLY = 2;

/** 추가인증: scripts by path, and the jobs that wait for an answer. */
export class TwoWay {
  readonly #clock: Clock;
  readonly #ids: () => Identifiers;
  readonly #scripts = new Map<string, readonly TwoWayStep[]>();
  readonly #sessions = new Map<string, Session>();
  readonly #logins: SharedLogins;

  /** @param gap Milliseconds between requests that share one authentication. */
  constructor(clock: Clock, ids: () => Identifiers, gap: number) {
    this.#clock = clock;
    this.#ids = ids;
    this.#logins = new SharedLogins(clock, gap);
  }

  /** From now on requests to the path are answered with these questions first. No steps: with none. */
  script(path: string, steps: readonly TwoWayStep[]): void {
    if (steps.length > 0) this.#scripts.set(path, steps);
    else this.#scripts.delete(path);
  }

  /** Approves the simple authentication of one waiting job, or of all. Returns how many were waiting. */
  approve(jti?: string): number {
    const waiting = [...this.#sessions.values()].filter((session) => {
      const asked = !session.over && !session.approved && stepOf(session).method === "simpleAuth";
      return asked && (jti === undefined || session.jti === jti);
    });
    for (const session of waiting) session.approved = true;
    return waiting.length;
  }

  /** The question to answer first, or the refusal of an answer; undefined when the product may answer. */
  async challenge(route: Route, body: Json, asker: Asker): Promise<Answer | undefined> {
    if (body.is2Way === undefined && body.twoWayInfo === undefined) return this.#begin(route, body, asker);
    if (body.is2Way !== true) return refuse("CF-00024", "is2Way");
    if (!isRecord(body.twoWayInfo)) return refuse("CF-03001");
    const { jti, jobIndex, threadIndex, twoWayTimestamp } = body.twoWayInfo;
    const session = typeof jti === "string" ? this.#sessions.get(jti) : undefined;
    const matches = session?.path === route.operation.path && jobIndex === 0 && threadIndex === 0;
    if (!session || !matches || typeof twoWayTimestamp !== "number") return refuse("CF-03003");
    if (session.over || twoWayTimestamp < session.timestamp) return refuse("CF-00025");
    if (twoWayTimestamp > session.timestamp) return refuse("CF-03003");
    return this.#continue(session, route, body);
  }

  clear(): void {
    this.#scripts.clear();
    this.#sessions.clear();
    this.#logins.clear();
  }

  async #begin(route: Route, body: Json, { clientId, signal }: Asker): Promise<Answer | undefined> {
    const { operation } = route;
    const steps = this.#scripts.get(operation.path);
    if (!steps) return undefined;
    const key = sharedKey(route, body);
    const place = key === undefined ? undefined : this.#logins.join(`${clientId} ${key}`);
    if (place && !place.asks) {
      const code = await place.login.wait(signal);
      return code === SUCCESS ? undefined : refuse(code);
    }
    const session: Session = {
      path: operation.path,
      steps,
      round: 0,
      jti: this.#ids().hex(32),
      timestamp: 0,
      approved: false,
      tooEarly: 0,
      over: false,
      ...(place && { login: place.login }),
    };
    this.#sessions.set(session.jti, session);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > SESSION_LIMIT && oldest) this.#sessions.delete(oldest);
    return this.#ask(session);
  }

  #continue(session: Session, route: Route, body: Json): Answer | undefined {
    const step = stepOf(session);
    if (this.#clock() > deadlineOf(session)) return end(session, "CF-01004");
    if (step.method === "secureNo" && body.secureNoRefresh === "1") return this.#ask(session);
    if (step.method === "simpleAuth") {
      if (body.simpleAuth === "0") return end(session, "CF-12102");
      if (body.simpleAuth !== "1") return refuse("CF-00024", "simpleAuth");
      if (!session.approved && !step.approved) return this.#stillWaiting(session);
    } else {
      const wrong = answerFlaw(step, route, body);
      if (wrong === "missing") return refuse("CF-00024", step.method);
      if (wrong === "mismatch") return end(session, MISMATCH[step.method] ?? "CF-00024");
    }
    session.round += 1;
    session.approved = false;
    session.tooEarly = 0;
    if (session.round < session.steps.length) return this.#ask(session);
    close(session, SUCCESS);
    return undefined;
  }

  #stillWaiting(session: Session): Answer {
    session.tooEarly += 1;
    return session.tooEarly > TOLERATED_TOO_EARLY ? end(session, "CF-12872") : question(session);
  }

  #ask(session: Session): Answer {
    // Questions are told apart by their time, so no two of a job share one, even on a clock that stands still.
    session.timestamp = Math.max(this.#clock(), session.timestamp + 1);
    if (session.login) session.login.askedUntil = deadlineOf(session);
    return question(session);
  }
}

/** The step that is being asked; a session that is not over has one. */
function stepOf({ steps, round }: Session): TwoWayStep {
  return steps[round] ?? { method: "" };
}

function question(session: Session): Answer {
  const step = stepOf(session);
  const info = { jobIndex: 0, threadIndex: 0, jti: session.jti, twoWayTimestamp: session.timestamp };
  return {
    code: "CF-03002",
    data: { continue2Way: true, method: step.method, ...info, extraInfo: extraInfoOf(step) },
    echo: { is2Way: true, twoWayInfo: { ...info, twoWayTimeout: timeoutOf(step) } },
  };
}

/** What CODEF says of a wrong answer; the job is over then. */
const MISMATCH: Record<string, string | undefined> = {
  smsAuthNo: "CF-13300",
  secureNo: "CF-13301",
  emailAuthNo: "CF-13302",
};

function end(session: Session, code: string): Answer {
  close(session, code);
  return refuse(code);
}

/** Ends a job, and tells the requests that wait for it how it went. */
function close(session: Session, code: string): void {
  session.over = true;
  session.login?.settle(code);
}

/** What groups a request with others: its `id`, at one institution. 비회원 간편인증 is never shared. Undefined when it stands alone. */
function sharedKey({ grouped, operation }: Route, { id, loginType, organization }: Json): string | undefined {
  if (!grouped || typeof id !== "string" || id === "" || loginType === "6") return undefined;
  const [, , country, domain, institution] = operation.path.split("/");
  return [country, domain, institution, organization, id].join("/");
}

function answerFlaw(step: TwoWayStep, { operation }: Route, body: Json): "missing" | "mismatch" | undefined {
  const { method, answer } = step;
  const { properties = {}, required = Object.keys(properties) } = operation.twoWay?.[method] ?? {};
  const expected = typeof answer === "string" ? { [method]: answer } : answer;
  const fields = Object.keys(expected ?? {});
  const needed = fields.length > 0 ? fields : required.length > 0 ? required : [method];
  if (needed.every((field) => isBlank(body[field]))) return "missing";
  if (!isOffered(method, body[method], extraInfoOf(step))) return "mismatch";
  const given = (field: string) => {
    const value = body[field];
    return properties[field]?.["x-encrypted"] && typeof value === "string" ? decrypt(value) : value;
  };
  return fields.every((field) => given(field) === expected?.[field]) ? undefined : "mismatch";
}

function timeoutOf({ method, timeout }: TwoWayStep): number {
  return timeout ?? (method === "simpleAuth" ? 270 : 160);
}

/** Until when the question that is being asked can be answered. */
function deadlineOf(session: Session): number {
  return session.timestamp + timeoutOf(stepOf(session)) * 1000;
}

/** What comes with a question: as scripted, or as CODEF sends it with that method. */
function extraInfoOf({ method, answer, extraInfo }: TwoWayStep): Json {
  if (extraInfo) return extraInfo;
  const right = typeof answer === "string" ? answer : answer?.[method];
  if (method === "secureNo") return { reqSecureNo: captcha(right ?? "123456"), reqSecureNoRefresh: "" };
  if (method === "smsAuthNo") return { reqSMSAuthNo: "" };
  if (method === "simpleAuth") return { commSimpleAuth: "" };
  return choicesFor(method, right) ?? {};
}
