import * as fc from 'fast-check';

/**
 * Every property draws the same worlds in each run of the suite, so that whether a submission lands is never luck;
 * `npm run soak:seeds` sets DUBAN_SEED and draws new ones.
 */
fc.configureGlobal({ seed: Number(process.env['DUBAN_SEED'] ?? 20_260_316) });
