import * as client from 'openid-client';
import type { ProviderSignIn } from './provider.ts';

/** What a provider of OpenID Connect knows of the console, and the console of it. */
export interface OidcSettings {
  /** The issuer's address; its /.well-known/openid-configuration tells the rest. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The claim that holds a person's address as it stands in 人员. */
  readonly claim: string;
  /** Where the console answers, without a slash at the end. */
  readonly url: string;
}

/** The path to which a provider sends people back. */
export const OIDC_BACK = '/sign-in/oidc/back';
const LOCAL = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:\/|$)/;

/** Authorization code with PKCE, state and nonce; the id token's signature is proved by the provider's keys. Asks nothing before the first try. */
export function openOidc({ issuer, clientId, clientSecret, claim, url }: OidcSettings): ProviderSignIn {
  let found: Promise<client.Configuration> | null = null;
  const provider = (): Promise<client.Configuration> => {
    found ??= client.discovery(new URL(issuer), clientId, clientSecret, undefined, {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so as to stand out: a provider on this very machine alone
      execute: [client.enableNonRepudiationChecks, ...(LOCAL.test(issuer) ? [client.allowInsecureRequests] : [])], timeout: 10,
    })
      .catch((error: unknown) => { found = null; throw error; });
    return found;
  };
  return {
    async begin() {
      const config = await provider();
      const tried = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() };
      const address = client.buildAuthorizationUrl(config, {
        redirect_uri: url + OIDC_BACK, scope: 'openid email profile', state: tried.state, nonce: tried.nonce, code_challenge: await client.calculatePKCECodeChallenge(tried.verifier), code_challenge_method: 'S256',
      });
      return { address, tried };
    },
    async finish({ state, nonce, verifier }, query) {
      const tokens = await client.authorizationCodeGrant(await provider(), new URL(url + OIDC_BACK + query), { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true });
      const claims = tokens.claims();
      const value = claims?.[claim];
      // An address that its owner typed and nobody proved could be anybody's.
      return typeof value === 'string' && !(claim === 'email' && claims?.['email_verified'] === false) ? { feishuIds: [], emails: [value.trim()], mobiles: [] } : null;
    },
  };
}
