/** What a client of a sandbox sends its requests with: web `fetch`, except that a GET may have a body. */
export interface SandboxFetch {
  (input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** Tells kofin's clients that it takes a GET with a body. */
  readonly getBody: true;
}

/** The request that a sandbox's `fetch` is given. */
export function toRequest(input: string | URL | Request, init?: RequestInit): Request {
  if (input instanceof Request && !init) return input;
  const { method, body } = init ?? {};
  return method?.toUpperCase() === "GET" && body ? getWithBody(input, init) : new Request(input, init);
}

/** The platform's `Request` takes no body with GET, and does not ask again once it is made. */
function getWithBody(input: string | URL | Request, init?: RequestInit): Request {
  const request = new Request(input, { ...fieldsOf(init), method: "POST" });
  return Object.defineProperty(request, "method", { value: "GET" });
}

/** An init may be an object of a class, which does not spread. */
function fieldsOf({ headers, body, signal, redirect }: RequestInit = {}): RequestInit {
  return { ...(headers && { headers }), body: body ?? null, signal: signal ?? null, ...(redirect && { redirect }) };
}
