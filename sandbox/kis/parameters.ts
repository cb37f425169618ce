import type { Schema } from "../../generator/model.js";
import type { Json } from "../shared/json.js";
import type { Input } from "./quotes/subject.js";
import { Refusal } from "./refusal.js";
import type { KisRoute } from "./routes.js";

/**
 * The parameters of a request, by name in upper case. Names in a body are taken as the spec writes them, which is in upper case;
 * those in a query in any case, but for the account's. Every parameter that has to be there may be blank.
 * @throws Refusal for the account's missing (OPSQ2000), another missing (OPSQ2001), and one of a body that is no text (OPSQ2002)
 */
export function readParameters(route: KisRoute, sent: Json, action: string | undefined): Input {
  const isBody = route.operation.requestIn === "body";
  const named = isBody ? sent : { ...upper(sent), ...sent };
  const input: Record<string, string> = {};
  for (const [name, schema] of route.fields) {
    const value = sentAs(named, name, schema, isBody);
    if (value === undefined) continue;
    if (typeof value !== "string") throw new Refusal("OPSQ2002");
    input[name.toUpperCase()] = value;
  }
  for (const name of route.required) {
    if (input[name.toUpperCase()] === undefined) throw new Refusal("OPSQ2001", `ERROR INPUT FIELD NOT FOUND [${name}]`);
  }
  // Unlike all other names, those of the account have to be in capitals in a query as well.
  if (route.isOwned && !(Object.hasOwn(sent, "CANO") && Object.hasOwn(sent, "ACNT_PRDT_CD")))
    throw new Refusal("OPSQ2000");
  checkAction(route, input, action);
  return input;
}

function sentAs(named: Json, name: string, schema: Schema, isBody: boolean): unknown {
  const names = [name, ...(schema["x-also"] ?? []), ...(isBody ? [] : [name.toUpperCase()])];
  const found = names.find((one) => Object.hasOwn(named, one));
  return found === undefined ? undefined : named[found];
}

function upper(sent: Json): Json {
  return Object.fromEntries(Object.entries(sent).map(([name, value]) => [name.toUpperCase(), value]));
}

/** A tr_id that is for another exchange, or for another kind of order, than the body says. */
function checkAction({ operation }: KisRoute, input: Input, action: string | undefined): void {
  const fits = action === undefined ? undefined : operation.trId?.when?.[action];
  for (const [name, values] of Object.entries(fits ?? {})) {
    if (values.includes(input[name] ?? "")) continue;
    if (name === "OVRS_EXCG_CD") throw new Refusal("APBK0656");
    throw new Refusal("APBK0918", `TR_ID와 ${name}이(가) 맞지 않습니다.`);
  }
}
