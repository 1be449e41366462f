import { StoreError } from './store.ts';

/**
 * The address that a variable names in place of a service's own; null where it names none. Throws a StoreError (`credentials`)
 * where it is no https: what goes there bears the credentials. `what` says in Chinese what belongs there.
 */
export function relayAddress(variable: string, value: string | undefined, what: string): string | null {
  const text = (value ?? '').trim();
  if (text === '') return null;
  const isLocal = /^http:\/\/(127\.0\.0\.1|localhost)(:|\/|$)/.test(text);
  if (!URL.canParse(text) || !(text.startsWith('https://') || isLocal)) throw new StoreError('credentials', `环境变量 ${variable} 应是 https:// 开头的${what},现在是「${text}」`);
  return text;
}
