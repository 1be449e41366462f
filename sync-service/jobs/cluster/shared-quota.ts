import { setTimeout as wait } from 'node:timers/promises';
import type PgBoss from 'pg-boss';
import type { CallLimit, CallQuota } from '../../workbook/call-quota.ts';

const CREATE = `
  BEGIN;
  SELECT pg_advisory_xact_lock(hashtext('duban.quota'));
  CREATE SCHEMA IF NOT EXISTS duban;
  CREATE TABLE IF NOT EXISTS duban.quota (name text PRIMARY KEY, level double precision NOT NULL, at timestamptz NOT NULL);
  COMMIT`;

/**
 * Buckets that may be drawn below nothing: the depth is the place in the queue, so each draw is one question, in turn. What a
 * killed worker drew is lost and filled again. $1 names, $2 sizes, $3 filled per second. In the order of names, so that two draws
 * never wait for each other.
 */
const DRAW = `
  WITH asked AS (SELECT * FROM unnest($1::text[], $2::float8[], $3::float8[]) AS asked(name, size, rate))
  INSERT INTO duban.quota AS bucket (name, level, at) SELECT name, size - 1, clock_timestamp() FROM asked ORDER BY name
  ON CONFLICT (name) DO UPDATE SET at = clock_timestamp(),
    level = (SELECT LEAST(size, bucket.level + GREATEST(0, EXTRACT(epoch FROM clock_timestamp() - bucket.at)) * rate) - 1 FROM asked WHERE asked.name = bucket.name)
  RETURNING name, level`;

/** A quota that all workers of a cluster share. */
export async function openSharedQuota(database: PgBoss.Db): Promise<CallQuota> {
  await database.executeSql(CREATE, []);
  return {
    async take(limits) {
      const buckets = new Map(limits.map((limit) => [limit.name, bucketOf(limit)]));
      const { rows } = await database.executeSql(DRAW, [[...buckets.keys()], [...buckets.values()].map(({ size }) => size), [...buckets.values()].map(({ rate }) => rate)]);
      const seconds = Math.max(...(rows as { name: string; level: number }[]).map(({ name, level }) => -level / buckets.get(name)!.rate));
      if (seconds > 0) await wait(seconds * 1000);
    },
  };
}

/** A twentieth may go at once after a rest; what fills up meanwhile is less by as much, so that no span ever sees more than its limit. */
function bucketOf({ calls, seconds }: CallLimit): { readonly size: number; readonly rate: number } {
  const size = Math.ceil(calls / 20);
  return { size, rate: Math.max(calls - size, calls / 2) / seconds };
}
