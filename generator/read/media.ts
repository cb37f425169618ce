/** How something travels: what can be read from the name of its media type. */
export type MediaKind = "json" | "form" | "multipart" | "text" | "bytes";

export function mediaKind(media: string): MediaKind {
  const [type = ""] = media.toLowerCase().split(";");
  const plain = type.trim();
  if (plain === "*/*" || /[/+]json$|\/json\b|json-seq/.test(plain)) return "json";
  if (plain === "application/x-www-form-urlencoded") return "form";
  if (plain === "multipart/form-data") return "multipart";
  return /^text\/|[/+](xml|yaml|x-yaml|csv|jwt|javascript|graphql|x-ndjson|ndjson)$/.test(plain) ? "text" : "bytes";
}

const order: readonly MediaKind[] = ["json", "form", "multipart", "text", "bytes"];

/** Of several media types the one that says most: JSON before forms before text before bytes. */
export function chooseMedia(types: readonly string[]): string | undefined {
  const plain = types.find((type) => type === "application/json");
  return plain ?? [...types].sort((a, b) => order.indexOf(mediaKind(a)) - order.indexOf(mediaKind(b)))[0];
}
