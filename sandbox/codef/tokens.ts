import { basicCredentials, bearerToken } from "../shared/authorization.js";
import type { Clock } from "../shared/clock.js";
import { Issued } from "../shared/issued.js";
import { jwt } from "../shared/jwt.js";
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
  readonly #issued: Issued<Holder>;
  issued = 0;

  constructor(clients: readonly SandboxClient[], clock: Clock, ids: () => Identifiers) {
    this.#clients = new Map(clients.map((client) => [client.clientId, client]));
    this.#clock = clock;
    this.#issued = new Issued(clock);
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
    const token = bearerToken(authorization);
    return token === undefined ? undefined : this.#issued.holder(token);
  }

  expireAll(): void {
    this.#issued.clear();
  }

  reset(): void {
    this.expireAll();
    this.issued = 0;
  }

  #client(authorization: string | null): SandboxClient | undefined {
    const given = basicCredentials(authorization);
    const client = this.#clients.get(given?.id ?? "");
    return client?.clientSecret === given?.secret ? client : undefined;
  }

  #issue({ clientId, environment = "sandbox" }: SandboxClient): string {
    const exp = Math.floor(this.#clock() / 1000) + LIFETIME_SECONDS;
    const token = jwt("RS256", {
      service_type: SERVICE_TYPES[environment],
      scope: ["read"],
      service_no: "000000000000",
      exp,
      authorities: AUTHORITIES,
      jti: this.#ids().uuid(),
      client_id: clientId,
    });
    this.#issued.add(token, { clientId, environment }, LIFETIME_SECONDS * 1000);
    this.issued += 1;
    return token;
  }
}

const UNAUTHORIZED = { error: "unauthorized", error_description: "Bad credentials", code: INVALID_TOKEN.code } as const;
