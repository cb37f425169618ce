/**
 * Clients of somebody's own that `kofin sandbox` knows, as options say them: programs keep the keys that they have.
 * @module
 */
import { InvalidArgumentError } from "commander";
import type { SandboxOptions } from "../sandbox/index.js";

/** The parts of `ID:SECRET…`, of which there are at least `least`. */
function partsOf(value: string, least: number, form: string): string[] {
  const parts = value.split(":");
  if (parts.length < least || parts.slice(0, least).some((part) => part === "")) {
    throw new InvalidArgumentError(`It has the form ${form}.`);
  }
  return parts;
}

type Codef = NonNullable<NonNullable<SandboxOptions["codef"]>["clients"]>;
type Kis = NonNullable<NonNullable<SandboxOptions["kis"]>["clients"]>;
type OpenBanking = NonNullable<NonNullable<SandboxOptions["openBanking"]>["institutions"]>;

/** `ID:SECRET[:sandbox|demo|production]`. A secret may have colons in it. */
export function codefClient(value: string, earlier: Codef = []): Codef {
  const form = "ID:SECRET[:sandbox|demo|production]";
  const [clientId = "", ...others] = partsOf(value, 2, form);
  const environment = (["sandbox", "demo", "production"] as const).find((name) => name === others.at(-1));
  const secret = environment && others.length > 1 ? others.slice(0, -1) : others;
  return [...earlier, { clientId, clientSecret: secret.join(":"), environment: environment ?? "demo" }];
}

/** `APPKEY:APPSECRET[:real|mock]` */
export function kisClient(value: string, earlier: Kis = []): Kis {
  const form = "APPKEY:APPSECRET[:real|mock]";
  const [appKey = "", appSecret = "", environment = "real", ...others] = partsOf(value, 2, form);
  if ((environment !== "real" && environment !== "mock") || others.length > 0) {
    throw new InvalidArgumentError(`It has the form ${form}.`);
  }
  return [...earlier, { appKey, appSecret, environment }];
}

/** `ID:SECRET:USECODE[:REDIRECT_URI]`, 이용기관코드 with its ten characters. */
export function openBankingClient(value: string, earlier: OpenBanking = []): OpenBanking {
  const form = "ID:SECRET:USECODE[:REDIRECT_URI]";
  const [clientId = "", clientSecret = "", useCode = "", ...uri] = partsOf(value, 3, form);
  const redirectUris = uri.length > 0 ? [uri.join(":")] : [];
  return [...earlier, { clientId, clientSecret, useCode, name: clientId, redirectUris }];
}
