/** 32 random characters (128 bits) for the `state` of a consent. */
export function createState(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Compares without telling by its time how much of it fits. Nothing equals nothing: an empty state is no state. */
export function sameState(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    difference |= (one.charCodeAt(at) || 0) ^ (other.charCodeAt(at) || 0);
  }
  return difference === 0 && one.length > 0;
}
