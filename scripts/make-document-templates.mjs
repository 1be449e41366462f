// Writes the first designs of all documents: templates/<regulation>/documents/*.docx, and in templates/documents what all share. Offices
// edit copies of them in Word or WPS; this script is only needed to begin anew. Names of documents as arguments write only these.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bulletin, confirmation, letter } from './document-templates/common.mjs';
import { FORMS } from './document-templates/forms.mjs';
import { bytesOf } from './document-templates/paper.mjs';

/** As the regulations call it. */
const BULLETINS = { bus: '督查督办通报', logistics: '督查督办通报', expo: '督查通报', company: '督查通报', platform: '督办通报', tax: '督查督办通报' };

const all = [
  ['', '通知', letter], ['', '考核确认表', confirmation],
  ...Object.entries(BULLETINS).map(([policy, head]) => [policy, '通报', () => bulletin(head)]),
  ...Object.entries(FORMS).flatMap(([policy, forms]) => Object.entries(forms).map(([name, make]) => [policy, name, make])),
];
for (const [policy, name, make] of all) {
  if (process.argv.length > 2 && !process.argv.includes(name)) continue;
  const folder = fileURLToPath(new URL(`../templates/${policy === '' ? '' : `${policy}/`}documents/`, import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${name}.docx`, await bytesOf(make()));
}
