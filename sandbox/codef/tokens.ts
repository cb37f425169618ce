import { sign } from "node:crypto";
import type { Clock } from "../shared/clock.js";
import { sandboxKeys } from "../shared/keys.js";
import type { Identifiers } from "../shared/random.js";
import { INVALID_TOKEN } from "./wire.js";

export type Environment = "sandbox" | "demo" | "production";

/** A client that may ask for tokens. */
export interface SandboxClient {
  clientId: string;
  clientSecret: string;
  /** Default `sandbox`. */
  environment?: Environment;
}

/** The client that CODEF publishes in its official SDKs for everybody's sandbox. */
export const PUBLIC_CLIENT: SandboxClient = {
  clientId: "ef27cfaa-10c1-4470-adac-60ba476273f9",
  clientSecret: "83160c33-9045-4915-86d8-809473cdf5c3",
  environment: "sandbox",
};

const LIFETIME_SECONDS = 604_799;
const SERVICE_TYPES: Record<Environment, string> = { production: "0", demo: "1", sandbox: "2" };
const AUTHORITIES = ["INSURANCE", "PUBLIC", "BANK", "ETC", "STOCK", "CARD"];

export interface Holder {
  clientId: string;
  environment: Environment;
}

/** Issues and remembers tokens. */
export class Tokens {
  readonly #clients: Map<string, SandboxClient>;
  readonly #clock: Clock;
  readonly #ids: () => Identifiers;
  readonly #valid = new Map<string, Holder & { expiresAt: number }>();
  issued = 0;

  constructor(clients: readonly SandboxClient[], clock: Clock, ids: () => Identifiers) {
    this.#clients = new Map(clients.map((client) => [client.clientId, client]));
    this.#clock = clock;
    this.#ids = ids;
  }

  /** Answers a token request; the grant may stand in the query or in the body. */
  answer(authorization: string | null, parameters: URLSearchParams): Response {
    const client = this.#client(authorization);
    if (!client)
      return Response.json(UNAUTHORIZED, {
        status: 401,
        headers: { "WWW-Authenticate": 'Basic realm="oauth2/client"' },
      });
    const grant = parameters.get("grant_type");
    if (grant !== "client_credentials") {
      const error = grant ? "unsupported_grant_type" : "invalid_request";
      return Response.json({ error, error_description: grant ?? "Missing grant type" }, { status: 400 });
    }
    return Response.json({
      access_token: this.#issue(client),
      token_type: "bearer",
      expires_in: LIFETIME_SECONDS,
      scope: "read",
    });
  }

  /** Who holds the token of an Authorization header; undefined when nobody does, or does no longer. */
  holder(authorization: string | null): Holder | undefined {
    const token = /^bearer (.+)$/i.exec(authorization ?? "")?.[1];
    const holder = token === undefined ? undefined : this.#valid.get(token);
    return holder && holder.expiresAt > this.#clock() ? holder : undefined;
  }

  expireAll(): void {
    this.#valid.clear();
  }

  reset(): void {
    this.expireAll();
    this.issued = 0;
  }

  #client(authorization: string | null): SandboxClient | undefined {
    const basic = /^basic (.+)$/i.exec(authorization ?? "")?.[1] ?? "";
    const [clientId = "", ...secret] = Buffer.from(basic, "base64").toString("utf8").split(":");
    const client = this.#clients.get(clientId);
    return client?.clientSecret === secret.join(":") ? client : undefined;
  }

  #issue({ clientId, environment = "sandbox" }: SandboxClient): string {
    const exp = Math.floor(this.#clock() / 1000) + LIFETIME_SECONDS;
    const token = jwt({
      service_type: SERVICE_TYPES[environment],
      scope: ["read"],
      service_no: "000000000000",
      exp,
      authorities: AUTHORITIES,
      jti: this.#ids().uuid(),
      client_id: clientId,
    });
    this.#valid.set(token, { clientId, environment, expiresAt: exp * 1000 });
    this.issued += 1;
    return token;
  }
}

const UNAUTHORIZED = { error: "unauthorized", error_description: "Bad credentials", code: INVALID_TOKEN.code } as const;

function jwt(claims: object): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const signed = `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), sandboxKeys().privateKey).toString("base64url")}`;
}
