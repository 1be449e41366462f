/**
 * What the queue needs of pg-boss's table and pg-boss 10 has no call for. The table's shape is fixed for a major version, and
 * package.json allows no other (docs/decisions/18-pg-boss-10.md).
 */

/** A sign of life: the lease runs from `started_on`. $1 queue, $2 id, $3 retries; answers a row where the job is still that worker's. */
export const BEAT = `
  UPDATE pgboss.job SET started_on = now()
  WHERE name = $1 AND id = $2 AND state = 'active' AND retry_count = $3
  RETURNING id`;

/** Waiting jobs whose workbook is being worked at let those behind them pass. $1 queue. */
export const PUT_BLOCKED_BACK = `
  UPDATE pgboss.job waiting SET start_after = now() + interval '1 second'
  WHERE waiting.name = $1 AND waiting.state < 'active' AND waiting.start_after < now()
    AND EXISTS (SELECT 1 FROM pgboss.job busy WHERE busy.name = $1 AND busy.state = 'active' AND busy.singleton_key = waiting.singleton_key)`;

/** All jobs that are not done. $1 queue. */
export const LIST = `
  SELECT id, data, state, retry_count AS retries, output,
    CASE state WHEN 'active' THEN started_on WHEN 'failed' THEN completed_on ELSE start_after END AS at,
    state = 'failed' AND EXISTS (
      SELECT 1 FROM pgboss.job later
      WHERE later.name = $1 AND later.state = 'completed' AND later.singleton_key = job.singleton_key AND later.completed_on > job.completed_on
    ) AS made_good
  FROM pgboss.job job
  WHERE name = $1 AND state NOT IN ('completed', 'cancelled')
  ORDER BY state DESC, at`;
