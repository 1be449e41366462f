import { feishuAccessFrom, feishuClientFrom } from '../../feishu/access.ts';
import { openMessages } from '../../feishu/messages.ts';
import { openPeople, type FeishuPeople } from '../../feishu/people.ts';
import type { CallQuota } from '../call-quota.ts';
import { openBitableApi, type BitableApi } from './bitable-api.ts';
import { OwnWrites } from './own-writes.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Of all bases of the process: whoever hears an event asks here whether it is an echo. */
export const OWN_WRITES = new OwnWrites(Date.now);

/** A base as an environment gives access to it. Throws a StoreError. */
export function bitableApiFrom(environment: Environment, appToken: string, quota?: CallQuota): BitableApi {
  return openBitableApi(feishuClientFrom(environment, quota), appToken, OWN_WRITES);
}

/** Who people are in Feishu, as an environment gives access to it and a `.duban` folder remembers. Throws a StoreError. */
export function peopleFrom(environment: Environment, folder: string, quota?: CallQuota): FeishuPeople {
  return openPeople(folder, feishuAccessFrom(environment).credentials.appId, openMessages(feishuClientFrom(environment, quota)), Date.now);
}
