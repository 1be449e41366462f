import { writeFileSync } from 'node:fs';
import { CLAUSES } from '../templates/clauses.ts';
import { conformanceMarkdown, judgeConformance } from './conformance.ts';
import { playAll } from './play-all.ts';

// Run from the repository's root (npm run conformance): plays the scenarios, writes docs/conformance.md, says what is missing.
const conformance = judgeConformance(CLAUSES, playAll('scenarios'));
writeFileSync('docs/conformance.md', conformanceMarkdown(conformance));
let holding = 0;
let total = 0;
for (const policy of conformance.policies) {
  holding += policy.holding;
  total += policy.results.length;
  console.log(`${policy.id.padEnd(10)} ${policy.holding} / ${policy.results.length}`);
}
console.log(`${'合计'.padEnd(8)} ${holding} / ${total}`);
for (const gap of conformance.gaps) console.log(`- ${gap}`);
process.exitCode = conformance.gaps.length === 0 ? 0 : 1;
