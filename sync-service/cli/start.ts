import { momentFromEpoch } from '#core';
import { sampleOffice } from './sample-office.ts';

/** `npm start`: a sample office under data/, one run at the present time, and where everything is. */
process.stdout.write(`${await sampleOffice('data', momentFromEpoch(Date.now()))}\n`);
