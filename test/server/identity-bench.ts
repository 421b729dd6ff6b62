import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair } from "jose";
import Provider from "oidc-provider";

/** What a provider says of a person. */
export interface Claims {
  readonly email: string;
  readonly email_verified?: boolean;
  readonly groups?: readonly string[];
}

/** A real OpenID Connect provider on this machine. */
export interface IdentityBench {
  readonly issuer: string;
  /** Whoever comes to sign in is this person, until told otherwise. */
  is(claims: Claims): void;
  close(): Promise<void>;
}

/** The client that the provider knows. */
export const CLIENT = { id: "stillwatch", secret: "a secret of the test" };

/** Opens a provider that knows one client, which may come back to any of these addresses, and asks nobody for a password. */
export async function openIdentityBench(redirects: readonly string[]): Promise<IdentityBench> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let person: Claims = { email: "nobody@example.org" };
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: "test", use: "sig", alg: "RS256" };
  const provider = new Provider(issuer, {
    clients: [
      { client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [...redirects] },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ["only for the test"] },
    claims: { email: ["email", "email_verified"], groups: ["groups"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    ttl: { Session: 60, Grant: 60, Interaction: 60, AccessToken: 60, IdToken: 60 },
    findAccount: (_, id) => ({
      accountId: id,
      claims: async () => ({
        sub: id,
        ...(JSON.parse(id) as Claims),
        groups: [...((JSON.parse(id) as Claims).groups ?? [])],
      }),
    }),
    async loadExistingGrant({ oidc }) {
      const [clientId, accountId] = [oidc.client?.clientId, oidc.session?.accountId];
      const grant = new oidc.provider.Grant({ clientId: clientId!, accountId: accountId! });
      grant.addOIDCScope("openid email groups");
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on("request", (request, response) => {
    if (request.url?.startsWith("/interaction/") !== true) return void answer(request, response);
    const result = { login: { accountId: JSON.stringify(person) } };
    void provider.interactionFinished(request, response, result);
  });
  return {
    issuer,
    is(claims) {
      person = claims;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
