import { killWorkers } from '../test/support/worker-kills.ts';
import { soakKills } from './soak-kills.ts';

await soakKills('soak:workers', killWorkers, (kills) => `duban worker killed ${kills} times; when`,
  ({ takenOver, givenUp }) => `${takenOver} further attempts at jobs, ${givenUp} given up and made good by a later job\n`);
