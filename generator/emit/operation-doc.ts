import type { Operation } from "../model.js";
import { dataOf, isUnknownObject } from "../walk.js";

const confidences: Record<NonNullable<Operation["confidence"]>, string> = {
  high: "known from official material or three independent sources",
  medium: "known from two sources",
  low: "known from one source only: check before relying on it",
};

const unknownAnswer = "the fields of the answer are not known";

const retries: Record<Operation["retry"], string> = { safe: "may be repeated safely", never: "sent at most once" };

/** What hovering a generated function shows. */
export function operationDoc(operation: Operation): string {
  const { summary, description, method, path, retry, confidence, twoWay } = operation;
  const data = dataOf(operation);
  const facts = [
    `\`${method} ${path}\``,
    retries[retry],
    ...(confidence === undefined ? [] : [confidences[confidence]]),
    ...(isUnknownObject(data.items ?? data) && !description.toLowerCase().includes(unknownAnswer)
      ? [unknownAnswer]
      : []),
    ...(twoWay === undefined ? [] : [`may ask for 추가인증: ${Object.keys(twoWay).join(", ")}`]),
  ];
  const about = wrap(`${summary}. ${description.replace(/\s*\n\s*/g, " ")}`);
  const text = `${about}\n\n${wrap(facts.join(" · "))}`;
  return operation.deprecated ? `${text}\n\n${deprecation(operation)}` : text;
}

/** Lines that fit beside each other in an editor. */
function wrap(text: string, width = 110): string {
  const lines = text.split(" ").reduce<string[]>((done, word) => {
    const last = done.at(-1);
    if (last === undefined || last.length + word.length >= width) done.push(word);
    else done[done.length - 1] = `${last} ${word}`;
    return done;
  }, []);
  return lines.join("\n");
}

/** The tag that says what to call instead. */
export function deprecation({ successor, provider, module }: Operation): string {
  const [home, id] = successor?.includes("/") ? successor.split("/") : [module, successor];
  return `@deprecated ${home === module ? `Use {@link ${id}}.` : `Use \`${id}\` of \`kofin/${provider}/${home}\`.`}`;
}
