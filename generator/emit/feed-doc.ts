import type { Feed } from "../model.js";
import { confidences, trIdText, wrap } from "./operation-doc.js";

/** What hovering a generated feed function shows. `parameter` is what the key is called in it; absent when the client knows it. */
export function feedDoc(feed: Feed, parameter: string | undefined): string {
  const { summary, description, type, trId, encrypted, confidence } = feed;
  const facts = [
    type === undefined ? trIdText(trId) : feed.isJson ? `topic \`${type}\`` : `\`${type}\``,
    ...(parameter === undefined ? [ownText(feed)] : []),
    ...(encrypted ? ["arrives encrypted"] : []),
    ...(confidence === undefined ? [] : [confidences[confidence]]),
  ];
  const text = `${wrap(`${summary}. ${description.replace(/\s*\n\s*/g, " ")}`)}\n\n${wrap(facts.join(" · "))}`;
  return parameter === undefined ? text : `${text}\n\n${wrap(`@param ${parameter} ${keyText(feed)}`)}`;
}

function ownText({ key, keySchema }: Feed): string {
  if (key === "") return "of the account that the client is for";
  return `by ${keySchema.title}: \`${key}\` of the options, or of the client`;
}

/** `종목코드. 6자리. ETN은 앞에 Q (예 "005930")` */
function keyText({ keySchema: { title, description, examples: [example] = [] } }: Feed): string {
  const about = [title, description].filter((text) => text !== undefined).join(". ");
  return `${about}${example === undefined ? "" : ` (예 ${JSON.stringify(example)})`}`.replace(/\s+/g, " ");
}
