import type { ProviderData } from "../../runtime/provider/data.js";

/** Where a provider answers: at its hosts, and on a port below `/<name>`. */
export interface Endpoints {
  /** That of the first environment, or a made-up one where there is none. */
  readonly baseUrl: string;
  /** Whether an address is at one of the provider's hosts. */
  isOwn(url: URL): boolean;
  /** Whether an address is below `/<name>`. */
  isBelowName(url: URL): boolean;
  /** The path of an address below the base URL that it begins with. */
  pathIn(url: URL): string;
  isToken(url: URL, path: string): boolean;
  isAuthorize(url: URL, path: string): boolean;
  /** Whether the name or path in a control means the token endpoint, or the one for consents. */
  isOAuth(name: string): boolean;
}

/** @param servers where single operations are served */
export function endpointsOf({ name, environments, auth }: ProviderData, servers: readonly string[] = []): Endpoints {
  const given = Object.values(environments).filter((url) => URL.canParse(url));
  const [baseUrl = `https://${name}.example`] = given;
  // The longest first: one may begin with another.
  const bases = [baseUrl, ...given, ...servers.filter((url) => URL.canParse(url))]
    .map((url) => new URL(url))
    .sort((one, other) => other.pathname.length - one.pathname.length);
  const token = auth && "url" in auth ? auth.url : undefined;
  const authorize = auth && "authorizeUrl" in auth ? auth.authorizeUrl : undefined;
  const hosts = new Set([...bases, ...[token, authorize].flatMap(absolute)].map(({ host }) => host));
  const prefix = `/${name}`;
  const isOwn = ({ host }: URL) => hosts.has(host);
  const isBelowName = ({ pathname }: URL) => isBelow(pathname, prefix);
  /** An absolute address is found by its host, and on a port by its path. */
  const isAt = (wanted: string | undefined, url: URL, path: string): boolean => {
    const [address] = absolute(wanted);
    if (!address) return path === wanted;
    return url.host === address.host ? url.pathname === address.pathname : !isOwn(url) && path === address.pathname;
  };
  return {
    baseUrl,
    isOwn,
    isBelowName,
    pathIn(url) {
      if (!isOwn(url) && isBelowName(url)) return url.pathname.slice(prefix.length) || "/";
      const base = bases.find((own) => own.host === url.host && isBelow(url.pathname, own.pathname));
      return base ? url.pathname.slice(base.pathname.replace(/\/$/, "").length) || "/" : url.pathname;
    },
    isToken: (url, path) => isAt(token, url, path),
    isAuthorize: (url, path) => isAt(authorize, url, path),
    isOAuth: (wanted) =>
      wanted === "token" ||
      [token, authorize].some((url) => url === wanted || absolute(url).some(({ pathname }) => pathname === wanted)),
  };
}

function absolute(url: string | undefined): URL[] {
  return url !== undefined && URL.canParse(url) ? [new URL(url)] : [];
}

function isBelow(pathname: string, base: string): boolean {
  const folder = base.replace(/\/$/, "");
  return pathname === folder || pathname.startsWith(`${folder}/`);
}
