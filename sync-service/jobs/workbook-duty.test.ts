import { expect, it } from 'vitest';
import type { RunOutcome } from './run-workbook.ts';
import { createDuty, type RunReason } from './workbook-duty.ts';

/** Runs that end when told to; an error stands for a failed one. */
function office(): { duty: ReturnType<typeof createDuty>; finish: (error?: Error) => Promise<void>; ended: RunReason[]; started: () => number } {
  const open: ((error?: Error) => void)[] = [];
  const ended: RunReason[] = [];
  let started = 0;
  const duty = createDuty('a.xlsx', {
    run: () => new Promise((done, failed) => {
      started += 1;
      open.push((error) => (error === undefined ? done({ delivered: 2 } as RunOutcome) : failed(error)));
    }),
    ended(_, reason) {
      ended.push(reason);
      return Promise.resolve();
    },
    sentenceOf: (error) => (error as Error).message, clock: () => 0,
  });
  const settle = (): Promise<void> => new Promise((done) => setImmediate(done));
  return {
    duty, ended, started: () => started,
    async finish(error) {
      await settle();
      open.shift()!(error);
      await settle();
    },
  };
}

it('requests while a run is under way make one run more, never two at once', async () => {
  const { duty, finish, ended, started } = office();
  duty.request('start');
  await finish();
  duty.request('schedule');
  await new Promise((done) => setImmediate(done));
  for (const reason of ['saved', 'schedule', 'saved'] as const) duty.request(reason);
  expect(started()).toBe(2);
  await finish();
  expect(started()).toBe(3);
  await finish();
  expect([started(), ended]).toEqual([3, ['start', 'schedule', 'saved']]);
  expect(duty.status()).toMatchObject({ running: false, doneCount: 3, failedCount: 0, deliveredCount: 6 });
});

it('a failed run is told and the next request still runs', async () => {
  const { duty, finish } = office();
  duty.request('start');
  await finish(new Error('共享断开'));
  expect(duty.status()).toMatchObject({ failure: '共享断开', failedCount: 1 });
  duty.request('schedule');
  await finish();
  expect(duty.status()).toMatchObject({ failure: null, doneCount: 1 });
});

it('stopping waits for the run under way and begins no other', async () => {
  const { duty, finish, started } = office();
  duty.request('start');
  await new Promise((done) => setImmediate(done));
  duty.request('saved');
  let stopped = false;
  const stopping = duty.stop().then(() => { stopped = true; });
  await new Promise((done) => setImmediate(done));
  expect(stopped).toBe(false);
  await finish();
  await stopping;
  duty.request('schedule');
  await new Promise((done) => setImmediate(done));
  expect(started()).toBe(1);
});
