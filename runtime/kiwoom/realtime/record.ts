import type { Json } from "../../paths.js";
import { type RecordCodec, unrepeated } from "../../realtime/registration.js";
import type { Feed, Values } from "./feed.js";

const codecs = /* @__PURE__ */ new WeakMap<object, RecordCodec<Json>>();

/** Records of a feed, read from their FIDs. */
export function codecOf<Row extends object>({ read }: Pick<Feed<Row>, "read">): RecordCodec<Json> {
  const known = codecs.get(read);
  if (known) return known;
  const names = namesIn(read);
  const codec: RecordCodec<Json> = { read: (values) => recordOf(read, names, values), ...unrepeated };
  codecs.set(read, codec);
  return codec;
}

/** Which FIDs a reader looks at: it is asked once, for nothing else says. */
function namesIn(read: (values: Values) => object): ReadonlySet<string> {
  const names = new Set<string>();
  read(new Proxy({}, { get: (_, name) => void names.add(String(name)) }));
  return names;
}

function recordOf(read: (values: Values) => object, names: ReadonlySet<string>, values: Json): object {
  let texts = values;
  let extra: Record<string, string> | undefined;
  for (const name in values) {
    const value = values[name];
    const text = typeof value === "string" ? value : String(value ?? "");
    // Everything is documented to be text; what is not becomes it, so that the types hold.
    if (text !== value) texts = { ...texts, [name]: text };
    if (names.has(name)) continue;
    extra ??= {};
    extra[name] = text;
  }
  const record = read(texts as Values);
  if (extra) Object.defineProperty(record, "extra", { value: extra });
  return record;
}
