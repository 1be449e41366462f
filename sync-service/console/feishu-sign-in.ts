import * as client from 'openid-client';
import * as z from 'zod';
import type { FeishuCredentials } from '../feishu/credentials.ts';
import type { ProviderSignIn } from './provider.ts';

/** The path to which Feishu sends people back; it stands among the app's redirect URLs (安全设置 → 重定向 URL). */
export const FEISHU_BACK = '/sign-in/feishu/back';
const FEISHU = 'https://open.feishu.cn';
const LONGEST_MS = 10_000;

const TOKEN = z.object({ code: z.coerce.number(), access_token: z.string().min(1) });
const USER = z.object({ code: z.literal(0), data: z.object({
  open_id: z.string().default(''), union_id: z.string().default(''), user_id: z.string().default(''), email: z.string().default(''), enterprise_email: z.string().default(''), mobile: z.string().default(''),
}) });

export interface FeishuSignInSettings {
  readonly credentials: FeishuCredentials;
  /** In place of Feishu's own address; null: https://open.feishu.cn. */
  readonly root: string | null;
  /** Where the console answers, without a slash at the end. */
  readonly url: string;
}

/** Signing in with the office's own Feishu app: authorization code with PKCE and state, then who it is. Nothing of the token is kept. */
export function openFeishuSignIn({ credentials: { appId, appSecret }, root, url }: FeishuSignInSettings): ProviderSignIn {
  const api = root ?? FEISHU;
  return {
    async begin() {
      const tried = { state: client.randomState(), nonce: '', verifier: client.randomPKCECodeVerifier() };
      // People are asked on a host of its own, open.… and accounts.… of one domain.
      const address = new URL('/open-apis/authen/v1/authorize', api.replace(/^https:\/\/open\./, 'https://accounts.'));
      address.search = new URLSearchParams({
        client_id: appId, response_type: 'code', redirect_uri: url + FEISHU_BACK, state: tried.state, code_challenge: await client.calculatePKCECodeChallenge(tried.verifier), code_challenge_method: 'S256',
      }).toString();
      return { address, tried };
    },
    async finish({ state, verifier }, query) {
      const told = new URLSearchParams(query);
      const code = told.get('code') ?? '';
      if (told.get('state') !== state || code === '') throw new Error('Feishu sent back another state, or no code');
      const { code: fault, access_token: token } = TOKEN.parse(await answerOf(`${api}/open-apis/authen/v2/oauth/token`, {
        method: 'POST', headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({ grant_type: 'authorization_code', client_id: appId, client_secret: appSecret, code, redirect_uri: url + FEISHU_BACK, code_verifier: verifier }),
      }));
      if (fault !== 0) throw new Error(`Feishu gave no token: ${fault}`);
      const { data } = USER.parse(await answerOf(`${api}/open-apis/authen/v1/user_info`, { headers: { authorization: `Bearer ${token}` } }));
      return {
        feishuIds: [data.open_id, data.union_id, data.user_id].filter((id) => id !== ''), emails: [data.enterprise_email, data.email].filter((email) => email !== ''), mobiles: data.mobile === '' ? [] : [data.mobile],
      };
    },
  };
}

async function answerOf(address: string, request: RequestInit): Promise<unknown> {
  const response = await fetch(address, { ...request, redirect: 'error', signal: AbortSignal.timeout(LONGEST_MS) });
  // A refusal is told by its code in the body, never with what was sent.
  if (!response.ok) throw new Error(`Feishu answered ${response.status} to ${new URL(address).pathname}`);
  return response.json();
}
