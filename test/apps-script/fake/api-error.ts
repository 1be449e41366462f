import { ScriptException } from './exception.ts';

/** How an advanced service reports a refused request. */
export function apiError(method: string, message: string): ScriptException {
  return new ScriptException(`API call to sheets.${method} failed with error: ${message}`, 'GoogleJsonResponseException');
}

/**
 * What arrives at the API: JSON. A Date becomes its ISO text, undefined in an array null, and
 * NaN null; a resource that relies on anything else would break on Google.
 */
export function asSent<T>(resource: T): T {
  return JSON.parse(JSON.stringify(resource)) as T;
}
