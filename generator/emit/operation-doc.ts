import type { Auth, Operation, TrId } from "../model.js";
import { dataOf, isUnknownObject } from "../walk.js";

export const confidences: Record<NonNullable<Operation["confidence"]>, string> = {
  high: "known from official material or three independent sources",
  medium: "known from two sources",
  low: "known from one source only: check before relying on it",
};

const unknownAnswer = "the fields of the answer are not known";

/** What hovering a generated function shows. */
export function operationDoc(operation: Operation): string {
  const { description, method, path, confidence, twoWay, trId, auth } = operation;
  const data = dataOf(operation);
  const facts = [
    `\`${method} ${path}\``,
    ...Object.entries(operation.constantHeaders ?? {}).map(([header, value]) => code(`${header}: ${value}`)),
    retryText(operation),
    ...(operation.environments === undefined ? [] : [`only on ${operation.environments.join(", ")}`]),
    ...(trId === undefined ? [] : [trIdText(trId)]),
    ...(auth === undefined ? [] : [authText(auth)]),
    ...(confidence === undefined ? [] : [confidences[confidence]]),
    ...(isUnknownObject(data.items ?? data) && !description.toLowerCase().includes(unknownAnswer)
      ? [unknownAnswer]
      : []),
    ...(twoWay === undefined ? [] : [`may ask for 추가인증: ${Object.keys(twoWay).join(", ")}`]),
  ];
  const about = wrap(aboutText(operation));
  const text = `${about}\n\n${wrap(facts.join(" · "))}`;
  return operation.deprecated ? `${text}\n\n${deprecation(operation)}` : text;
}

/** The product's name and what it does: of a longer text the first paragraph. */
function aboutText({ summary, description, id }: Operation): string {
  const [first = ""] = description.split(/\n\s*\n/);
  const texts = [summary, first.replace(/\s*\n\s*/g, " ")].filter((text) => text !== "");
  return texts.length === 0 ? `${id}.` : texts.join(texts[0]?.endsWith(".") ? " " : ". ");
}

function retryText(operation: Operation): string {
  const { retry, settledBy, idempotency } = operation;
  if (retry === "safe") return "may be repeated safely";
  if (idempotency !== undefined) {
    const { field, seconds } = idempotency;
    return `may be repeated with the same ${code(field)}${seconds === undefined ? "" : `, for ${seconds} seconds`}`;
  }
  return settledBy === undefined
    ? "sent at most once"
    : `sent at most once, and ${linkTo(settledBy, operation)} tells what became of it`;
}

/** Which tr_id it is asked for under, and whether the mock host knows it. */
export function trIdText({ real, mock }: TrId): string {
  if (typeof real === "string") return `tr_id ${hostsText(real, typeof mock === "string" ? mock : undefined)}`;
  const mocks = typeof mock === "object" ? mock : {};
  const ids = Object.entries(real).map(([action, id]) => `${action} ${hostsText(id, mocks[action])}`);
  return `tr_id by action: ${ids.join(", ")}`;
}

function hostsText(real: string, mock: string | undefined): string {
  if (mock === undefined) return `${code(real)} (not on the mock host)`;
  return mock === real ? `${code(real)} (mock, too)` : `${code(real)} (mock ${code(mock)})`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function authText(auth: Auth): string {
  if (auth === "none") return "called without a token";
  return (["user", "institution"] as const)
    .flatMap((whose) => {
      const scopes = [auth[whose] ?? []].flat();
      return scopes.length === 0 ? [] : [`${whose} token with scope ${scopes.map(code).join(" or ")}`];
    })
    .join(", or ");
}

/** Lines that fit beside each other in an editor. What stands in braces is one word: a link must not be broken. */
export function wrap(text: string, width = 110): string {
  const lines = text.split(/ (?![^{}]*\})/).reduce<string[]>((done, word) => {
    const last = done.at(-1);
    if (last === undefined || last.length + word.length >= width) done.push(word);
    else done[done.length - 1] = `${last} ${word}`;
    return done;
  }, []);
  return lines.join("\n");
}

/** The tag that says what to call instead. */
export function deprecation(operation: Operation): string {
  const { successor } = operation;
  return successor === undefined ? "@deprecated" : `@deprecated Use ${linkTo(successor, operation)}.`;
}

/** Another operation, given as `id` or `module/id`: a link where the editor can follow one, and otherwise its import. */
function linkTo(address: string, { provider, module }: Operation): string {
  const [home, id] = address.includes("/") ? address.split("/") : [module, address];
  return home === module ? `{@link ${id}}` : `\`${id}\` of \`kofin/${provider}/${home}\``;
}
