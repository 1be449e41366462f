// A stryker test runner that keeps the tests loaded in one process and switches mutants beneath them. A fresh vitest per mutant
// loads everything anew for seconds; here a mutant costs only the tests that reach it (docs/decisions/12-mutation-tests.md).
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { determineHitLimitReached, DryRunStatus, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import { collectTests, getFn } from '@vitest/runner';

const COLLECT = {
  root: '.', setupFiles: [], sequence: { hooks: 'stack', shuffle: false, seed: 0 }, testTimeout: 0, hookTimeout: 0, retry: 0, maxConcurrency: 1, tags: [],
};

class MutationRunner {
  #tests = null;
  #loads = 0;
  #kills = new Map();
  #stryker = (globalThis.__stryker__ ??= {});

  /** Static mutants act while modules load: stryker starts a new process for each. */
  capabilities() {
    return { reloadEnvironment: false };
  }

  async dryRun() {
    this.#stryker.activeMutant = undefined;
    const ran = await this.#run(await this.#load(), true);
    return ran.status === DryRunStatus.Complete ? { ...ran, mutantCoverage: this.#stryker.mutantCoverage } : ran;
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation, disableBail }) {
    const atRuntime = mutantActivation === 'runtime';
    if (atRuntime) await this.#load();
    const wanted = testFilter === undefined ? null : new Set(testFilter);
    let ran = await this.#runMutant(activeMutant, hitLimit, wanted, disableBail);
    if (atRuntime && this.#stryker.hitCount === 0) {
      // Code that runs once per process (a cache) was not reached again: load anew, before and after, and ask every test.
      this.#tests = null;
      ran = await this.#runMutant(activeMutant, hitLimit, null, disableBail);
      this.#tests = null;
    }
    return toMutantRunResult(ran);
  }

  async #runMutant({ id, fileName }, hitLimit, wanted, disableBail) {
    Object.assign(this.#stryker, { activeMutant: id, hitCount: 0, hitLimit });
    try {
      const tests = (await this.#load()).filter((test) => wanted === null || wanted.has(test.id));
      const kills = this.#killsIn(fileName);
      const killsOf = (test) => kills.get(test.id) ?? 0;
      const ran = await this.#run(tests.sort((a, b) => killsOf(b) - killsOf(a) || a.ms - b.ms), disableBail);
      const killer = ran.tests.find(({ status }) => status === TestStatus.Failed);
      if (killer !== undefined) kills.set(killer.id, killsOf(killer) + 1);
      return determineHitLimitReached(this.#stryker.hitCount, hitLimit) ?? ran;
    } catch (error) {
      // The mutant broke the loading of the tests.
      return { status: DryRunStatus.Complete, tests: [{ id: 'load', name: 'load', timeSpentMs: 0, status: TestStatus.Failed, failureMessage: String(error) }] };
    } finally {
      this.#stryker.activeMutant = undefined;
    }
  }

  /** What killed mutants of the same file kills the next soonest. */
  #killsIn(fileName) {
    if (!this.#kills.has(fileName)) this.#kills.set(fileName, new Map());
    return this.#kills.get(fileName);
  }

  async #load() {
    if (this.#tests !== null) return this.#tests;
    this.#loads += 1;
    // Resolved here: stryker enters its sandbox only after it has loaded this file.
    const bundle = resolve('.build/mutation-tests.mjs');
    const [file] = await collectTests([{ filepath: bundle }], { config: COLLECT, importFile: () => import(`${pathToFileURL(bundle).href}?${this.#loads}`) });
    if (file.result?.state === 'fail') throw new Error(file.result.errors.map(({ message }) => message).join('\n'));
    const seen = new Map();
    return (this.#tests = testsOf(file).map((test) => {
      const name = nameOf(test);
      const times = (seen.get(name) ?? 0) + 1;
      seen.set(name, times);
      return { id: times === 1 ? name : `${name} (${times})`, run: getFn(test), ms: 0 };
    }));
  }

  async #run(tests, disableBail) {
    const results = [];
    for (const test of tests) {
      this.#stryker.currentTestId = test.id;
      const result = { id: test.id, name: test.id, ...(await outcomeOf(test.run)) };
      results.push(result);
      test.ms = result.timeSpentMs;
      if (result.status === TestStatus.Failed && disableBail !== true) break;
    }
    this.#stryker.currentTestId = undefined;
    return { status: DryRunStatus.Complete, tests: results };
  }
}

async function outcomeOf(run) {
  const start = performance.now();
  try {
    await run();
    return { timeSpentMs: performance.now() - start, status: TestStatus.Success };
  } catch (error) {
    return { timeSpentMs: performance.now() - start, status: TestStatus.Failed, failureMessage: String(error?.message ?? error) };
  }
}

function testsOf(task) {
  return task.type === 'test' ? [task] : task.tasks.flatMap(testsOf);
}

function nameOf(task) {
  return [...(task.suite === undefined ? [] : [nameOf(task.suite)]), task.name].join(' ');
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-one-process', MutationRunner)];
