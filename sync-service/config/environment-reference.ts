import * as z from 'zod';

/** A secret in duban.yaml: `${NAME}` of a variable of the environment, never itself. Answers the name; `refusal` says what to do with anything else. */
export function environmentReference(refusal: string): z.ZodType<string, string> {
  return z.string().regex(/^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/, { error: refusal }).transform((text) => text.slice(2, -1));
}
