import { createOpenBanking } from "kofin/openbanking";
import { createSandbox } from "kofin/sandbox";
import { serveSandbox } from "kofin/sandbox/serve";
import { consentApp } from "../../examples/openbanking-consent.js";
import { serve } from "../support/loopback.js";

/** The example application and the center's mock, each on a port of its own. */
export async function startService() {
  const sandbox = createSandbox();
  const center = await serveSandbox(sandbox, { port: 0 });
  let answer: (request: Request) => Response | Promise<Response> = () => new Response(null, { status: 503 });
  const service = await serve((request) => answer(request));
  const redirectUri = `${service.origin}/callback`;
  sandbox.openBanking.addRedirectUri(redirectUri);
  const { fetch: _, ...options } = sandbox.openBanking.options;
  const openBanking = createOpenBanking({ ...options, baseUrl: center.url, redirectUri });
  answer = consentApp(openBanking).fetch;
  return {
    sandbox,
    origin: service.origin,
    centerOrigin: center.url,
    close: () => Promise.all([center.close(), service.close()]),
  };
}
