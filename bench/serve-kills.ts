import { killServe } from '../test/support/serve-kills.ts';
import { soakKills } from './soak-kills.ts';

await soakKills('soak:serve', killServe, (kills) => `duban serve killed ${kills} times; how far it had come`);
