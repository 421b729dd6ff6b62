import {
  allowInsecureRequests,
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientError,
  type Configuration,
  discovery,
  fetchUserInfo,
  None,
  ResponseBodyError,
} from "openid-client";
import { StillwatchError } from "../core/errors.ts";
import { newSecret, type Vouched } from "../ledger/sessions.ts";
import type { SignInSettings } from "./sign-in-settings.ts";

/** A sign-in that was begun and must come back to the browser that began it. */
export interface SignInFlow {
  readonly state: string;
  readonly nonce: string;
  /** Proves to the provider that who redeems the code began the flow (PKCE). */
  readonly verifier: string;
}

/** Who vouches for people: an OpenID Connect provider. */
export interface IdentityProvider {
  /** Where to send a browser. Throws SW_PROVIDER_AWAY. */
  begin(): Promise<{ readonly flow: SignInFlow; readonly to: URL }>;
  /** Who came back, by the parameters they came back with. Throws SW_SIGN_IN_FAILED, SW_PROVIDER_AWAY, SW_USER_REFUSED. */
  finish(parameters: URLSearchParams, flow: SignInFlow): Promise<Vouched>;
}

/** Where the provider sends people back to. */
export const RETURN_PATH = "/v1/sign-in/return";
const ANSWER_SECONDS = 10;

/** The provider of some settings; it is first asked when somebody signs in, so a server starts without it. */
export function identityProvider(
  settings: SignInSettings,
  random: (bytes: number) => Buffer,
): IdentityProvider {
  const { issuer, scopes } = settings;
  const back = new URL(RETURN_PATH, settings.url);
  let known: Promise<Configuration> | undefined;
  const provider = async (): Promise<Configuration> => {
    known ??= discover(settings);
    return known.catch((error: unknown) => {
      known = undefined;
      throw failureOf(error, issuer);
    });
  };
  return {
    async begin() {
      const flow = {
        state: newSecret(random),
        nonce: newSecret(random),
        verifier: newSecret(random),
      };
      const to = buildAuthorizationUrl(await provider(), {
        redirect_uri: back.href,
        scope: scopes.join(" "),
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: "S256",
      });
      return { flow, to };
    },
    async finish(parameters, { state, nonce, verifier }) {
      const config = await provider();
      const answered = new URL(back);
      answered.search = parameters.toString();
      try {
        const tokens = await authorizationCodeGrant(config, answered, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
        });
        const claims: Claims = tokens.claims() ?? {};
        const wanted = [settings.nameClaim, ...(settings.roles ? [settings.groupsClaim] : [])];
        const isWhole = wanted.every((claim) => claim in claims);
        const { userinfo_endpoint: more } = config.serverMetadata();
        if (isWhole || more === undefined) return vouchedFor(claims, settings);
        const subject = String(claims["sub"]);
        const told = await fetchUserInfo(config, tokens.access_token, subject);
        return vouchedFor({ ...told, ...claims }, settings);
      } catch (error) {
        throw failureOf(error, issuer);
      }
    },
  };
}

type Claims = Readonly<Record<string, unknown>>;

function discover({ issuer, clientId, clientSecret }: SignInSettings): Promise<Configuration> {
  const options = {
    timeout: ANSWER_SECONDS,
    // The settings allow this on this machine alone.
    ...(issuer.protocol === "http:" && { execute: [allowInsecureRequests] }),
  };
  const how = clientSecret === undefined ? None() : undefined;
  return discovery(issuer, clientId, clientSecret, how, options);
}

/** Whom claims name, and what their groups make them. An address that the provider did not verify is anybody's. */
function vouchedFor(claims: Claims, settings: SignInSettings): Vouched {
  const { nameClaim, groupsClaim, roles } = settings;
  const name = claims[nameClaim];
  if (typeof name !== "string" || name === "")
    throw failed(`the provider says no ${nameClaim}; see name_claim and scopes`);
  if (nameClaim === "email" && claims["email_verified"] !== true)
    throw failed("the provider has not verified the address");
  if (roles === undefined) return { name };
  const said = claims[groupsClaim];
  const groups: readonly unknown[] = Array.isArray(said) ? said : [said];
  const role = roles.find(([group]) => groups.includes(group))?.[1];
  if (role === undefined) {
    const reason = "is in no group that signs in here";
    throw new StillwatchError("SW_USER_REFUSED", { name, reason });
  }
  return { name, role };
}

/** What is told of a failure: codes of the protocol, nothing that the provider wrote in prose, and no secret. */
function failureOf(error: unknown, issuer: URL): StillwatchError {
  if (error instanceof StillwatchError) return error;
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return failed(/^[\w.-]{1,60}$/.test(error.error) ? error.error : "an error", error);
  const timedOut = error instanceof Error && /timed? ?out/i.test(error.name + error.message);
  if (error instanceof ClientError && !timedOut) return failed(error.code ?? "an answer", error);
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
  const reason = timedOut ? "no answer in time" : (cause?.code ?? "no usable answer");
  return new StillwatchError("SW_PROVIDER_AWAY", { issuer: issuer.href, reason }, error);
}

function failed(reason: string, cause?: unknown): StillwatchError {
  return new StillwatchError("SW_SIGN_IN_FAILED", { reason }, cause);
}
