import { setTimeout as wait } from 'node:timers/promises';
import type PgBoss from 'pg-boss';

/** A quota that all workers share, such as what a mail provider or Google allows per minute. */
export interface SharedQuota {
  /** Resolves when one more is allowed of what `name` counts: `perMinute` on average, `burst` at once after a rest. */
  take(name: string, perMinute: number, burst: number): Promise<void>;
}

const CREATE = `
  BEGIN;
  SELECT pg_advisory_xact_lock(hashtext('duban.quota'));
  CREATE SCHEMA IF NOT EXISTS duban;
  CREATE TABLE IF NOT EXISTS duban.quota (name text PRIMARY KEY, level double precision NOT NULL, at timestamptz NOT NULL);
  COMMIT`;

/**
 * A bucket that may be drawn below nothing: its depth is the place in the queue, so each draw is one question, in turn. What a
 * killed worker drew is lost and filled again. $1 name, $2 size, $3 filled per second.
 */
const DRAW = `
  INSERT INTO duban.quota AS bucket (name, level, at) VALUES ($1, $2::float8 - 1, clock_timestamp())
  ON CONFLICT (name) DO UPDATE SET at = clock_timestamp(),
    level = LEAST($2::float8, bucket.level + GREATEST(0, EXTRACT(epoch FROM clock_timestamp() - bucket.at)) * $3::float8) - 1
  RETURNING level`;

export async function openSharedQuota(database: PgBoss.Db): Promise<SharedQuota> {
  await database.executeSql(CREATE, []);
  return {
    async take(name, perMinute, burst) {
      const { rows } = await database.executeSql(DRAW, [name, burst, perMinute / 60]);
      const { level } = rows[0] as { level: number };
      if (level < 0) await wait((-level / perMinute) * 60_000);
    },
  };
}
