import type { GUser } from './google.ts';
import { Fake, fakeOf } from './strict-proxy.ts';
import type { Execution } from './execution.ts';

export class FakeUser extends Fake implements Pick<GUser, 'getEmail'> {
  readonly email: string;
  constructor(run: Execution, email: string) {
    super('User', run);
    this.email = email;
  }
  getEmail(): string { return this.email; }
}

/** The address behind what Google lets scripts pass as a user. */
export function emailOf(user: string | GUser): string {
  return typeof user === 'string' ? user : (fakeOf(FakeUser, user)?.email ?? '');
}
