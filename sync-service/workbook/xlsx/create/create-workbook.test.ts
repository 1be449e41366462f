import { mkdtempSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read, utils } from '@e965/xlsx';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  HOME_KEYS, HOME_PLACES, HOME_SHEET_NAME, SHEETS, SHEET_KEYS, anchorName, choiceValues, columnsOf, day, endOfDay, moment,
  parameterDefinitions, serialOfDay, serialOfMoment, type Policy, type PolicyId, type Sheet, type SheetKey,
} from '#core';
import { columnLetters } from '../cell-address.ts';
import { loadWorkbook } from '../read-snapshot.ts';
import { readZip, type ZipArchive } from '../zip.ts';
import { createWorkbook } from './create-workbook.ts';
import { inlineList } from './validations.ts';

const POLICY: Policy = {
  id: 'bus', name: '某公交集团', version: '1', supervisingUnit: '集团办公室',
  categories: ['月度工作要点', '公文办理'], forms: ['督办事项', '公文'], sourceTypes: ['领导部署', '其他'],
  statuses: ['拟立项', '办理中', '待审核', '已办结'], hiddenColumns: ['nodeType', 'projectPhase', 'percent'],
  assignableUnitTypes: [], parameters: [], deadlines: [], notices: [], scores: [],
  approvals: [{ type: '延期', clause: 'bus-11.3', when: {}, levels: [['分管领导'], ['总经理']] }],
  clauses: {
    intake: '', issue: '', handling: '', lateness: '', rate: '', ranking: '', bulletin: '', closing: '', archive: '', effectiveFrom: '',
    supervision: '', interpretation: '', assignment: '', reassignment: '',
  },
  feedbackCycles: [], feedback: [], bulletins: { drafts: [], overdue: '', adhoc: '' },
  guards: [], guardClauses: {}, issueApprovals: [], officeRoles: [], rights: [],
  rankByUnitType: true,
};
const IDS: readonly PolicyId[] = ['bus', 'logistics', 'expo', 'company', 'platform', 'tax'];
const LIMIT = day('2026-03-05');

interface Rule { readonly range: string; readonly attributes: Readonly<Record<string, string>>; readonly formulas: readonly string[] }

let folder = '';
let bytes: Uint8Array;
let zip: ZipArchive;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'duban-create-'));
  bytes = await createWorkbook({
    policy: POLICY, parameters: parameterDefinitions(POLICY), identity: { id: 'wb-1', home: '/办公/甲&乙/_x0041_.xlsx' },
    sample: { rows: {
      items: [
        { itemId: 'DB-1', title: '=1+1', leadUnit: '一分公司', remark: '007', progress: '+86', deadlineSet: endOfDay(LIMIT), issuedAt: moment('2026-02-10 09:30') },
        { itemId: 'DB-2', title: '@所有人', deadlineSet: moment('2026-03-05 17:00'), daysLeft: -3, percent: 0.4 },
      ],
      units: [{ name: '一分公司', code: '001' }],
    } },
  });
  zip = readZip(Buffer.from(bytes));
});

afterAll(() => rmSync(folder, { recursive: true }));

function text(name: string): string {
  const part = zip.read(name);
  if (part === null) throw new Error(`no part ${name}`);
  return part.toString('utf8');
}

function sheetXml(key: SheetKey): string {
  return text(`xl/worksheets/sheet${SHEET_KEYS.indexOf(key) + 2}.xml`);
}

function rulesOf(xml: string): Rule[] {
  const rules: Rule[] = [];
  const parser = new SaxesParser();
  let open: { attributes: Record<string, string>; formulas: string[] } | null = null;
  let formula: string | null = null;
  parser.on('opentag', (tag) => {
    if (tag.name === 'dataValidation') open = { attributes: tag.attributes, formulas: [] };
    if (/^formula[12]$/.test(tag.name) && open !== null) formula = '';
  });
  parser.on('text', (piece) => { if (formula !== null) formula += piece; });
  parser.on('closetag', (tag) => {
    if (formula !== null && /^formula[12]$/.test(tag.name)) { open!.formulas.push(formula); formula = null; }
    if (tag.name === 'dataValidation') rules.push({ range: open!.attributes['sqref']!, ...open! });
  });
  parser.write(xml).close();
  return rules;
}

function letterOf(key: SheetKey, columnKey: string): string {
  return columnLetters(columnsOf(key).findIndex((column) => column.key === columnKey));
}

describe('a new workbook, read by another program', () => {
  it('has 首页 and every sheet of the contract in order, headers in row 1', () => {
    const book = read(bytes);
    expect(book.SheetNames).toEqual([HOME_SHEET_NAME, ...SHEET_KEYS.map((key) => SHEETS[key].name)]);
    for (const key of SHEET_KEYS) {
      const rows: unknown[][] = utils.sheet_to_json(book.Sheets[SHEETS[key].name]!, { header: 1 });
      expect(rows[0]).toEqual(columnsOf(key).map((column) => column.header));
    }
  });

  it('keeps text that looks like a formula or a number as text, and dates as serial numbers', () => {
    const sheet = read(bytes, { cellFormula: true }).Sheets['督办台账']!;
    const cell = (columnKey: string, row: number): { t: string; v?: unknown; f?: string } => sheet[`${letterOf('items', columnKey)}${row}`] as { t: string };
    for (const [columnKey, row, value] of [['title', 2, '=1+1'], ['title', 3, '@所有人'], ['progress', 2, '+86'], ['remark', 2, '007']] as const) {
      expect(cell(columnKey, row)).toMatchObject({ t: 's', v: value });
      expect(cell(columnKey, row).f).toBeUndefined();
    }
    expect(cell('deadlineSet', 2).v).toBe(serialOfDay(LIMIT));
    expect(cell('deadlineSet', 3).v).toBeCloseTo(serialOfMoment(moment('2026-03-05 17:00')), 9);
    expect(cell('issuedAt', 2).v).toBeCloseTo(serialOfMoment(moment('2026-02-10 09:30')), 9);
  });
});

describe('a new workbook, read by the store', () => {
  it('is anchored, knows itself and shows what was put in', async () => {
    const path = join(folder, 'new.xlsx');
    writeFileSync(path, bytes);
    const { snapshot, identity } = await loadWorkbook(path);
    expect(identity).toEqual({ id: 'wb-1', home: '/办公/甲&乙/_x0041_.xlsx' });
    expect(snapshot.sheets.map(({ anchor }) => anchor).filter((anchor) => anchor !== null)).toEqual(SHEET_KEYS);
    for (const sheet of snapshot.sheets) {
      if (sheet.anchor === null) continue;
      expect(sheet.columnAnchors).toEqual(Object.fromEntries(columnsOf(sheet.anchor).map((column, index) => [column.key, index])));
    }
    expect(Object.keys(snapshot.home ?? {}).sort()).toEqual([...HOME_KEYS].sort());
    expect(snapshot.home?.['policy']).toBe('某公交集团(bus)');
  });
});

describe('rules of a new workbook', () => {
  it.each(SHEET_KEYS)('cover each column of %s once, and no cell twice', (key) => {
    const ranges = rulesOf(sheetXml(key)).map((rule) => rule.range);
    expect(new Set(ranges).size).toBe(ranges.length);
    const whole = ranges.filter((range) => range.endsWith('2000')).map((range) => /^[A-Z]+/.exec(range)![0]);
    const single = ranges.filter((range) => !range.endsWith('2000')).map((range) => /^[A-Z]+/.exec(range)![0]);
    expect(single.filter((letter) => whole.includes(letter))).toEqual([]);
  });

  it.each(SHEET_KEYS)('offer in %s the choices of the contract and the policy, and refuse typing where automation writes', (key) => {
    const rules = new Map(rulesOf(sheetXml(key)).map((rule) => [/^[A-Z]+/.exec(rule.range)![0], rule]));
    columnsOf(key).forEach((column, index) => {
      const rule = rules.get(columnLetters(index));
      if (column.editor === 'A') {
        expect(rule).toMatchObject({ formulas: ['FALSE'] });
        expect(rule!.attributes['errorStyle']).toBe('stop');
      } else if (column.type === 'choice') {
        expect(rule!.formulas).toEqual([`"${choiceValues(key, column, POLICY).join(',')}"`]);
      } else if (column.type === 'unit') {
        expect(rule!.formulas[0]).toContain("'单位'!$A$2");
      } else if (column.type === 'person') {
        expect(rule!.formulas[0]).toContain("'人员'!$A$2");
      }
    });
  });

  it('bound the values of 制度参数 row by row', () => {
    const rules = new Map(rulesOf(sheetXml('parameters')).map((rule) => [rule.range, rule]));
    parameterDefinitions(POLICY).forEach((parameter, index) => {
      const rule = rules.get(`${letterOf('parameters', 'value')}${index + 2}`);
      if (parameter.type.kind === 'integer') expect(rule!.formulas).toEqual([String(parameter.type.min), String(parameter.type.max)]);
      if (parameter.type.kind === 'choice') expect(rule!.formulas).toEqual([inlineList(parameter.type.values)]);
    });
  });

  it('refuse a list that Excel could not hold', () => {
    expect(() => inlineList(['甲,乙'])).toThrow(RangeError);
    expect(() => inlineList(Array.from({ length: 60 }, () => '很长的值'))).toThrow(RangeError);
  });
});

describe('the package of a new workbook', () => {
  it('is well-formed throughout, and every relationship leads somewhere', () => {
    for (const name of zip.entries.keys()) {
      if (!/\.(xml|rels)$/.test(name)) continue;
      expect(() => new SaxesParser({ xmlns: true }).write(text(name)).close(), name).not.toThrow();
    }
    expect(text('xl/worksheets/sheet1.xml')).toMatch(/<drawing [^>]*r:id="rId1"\/><\/worksheet>$/);
    expect(text('xl/worksheets/_rels/sheet1.xml.rels')).toContain('Target="../drawings/drawing1.xml"');
    expect(text('xl/drawings/_rels/drawing1.xml.rels')).toContain('Target="../charts/chart1.xml"');
    for (const part of ['docProps/custom.xml', 'xl/charts/chart1.xml', 'xl/drawings/drawing1.xml']) {
      expect(text('[Content_Types].xml')).toContain(`PartName="/${part}"`);
    }
  });

  it('draws the chart from the cells that hold the six counts', () => {
    const chart = text('xl/charts/chart1.xml');
    const [from, to] = [HOME_PLACES.countGreen, HOME_PLACES.countDone].map((place) => place.replace(/([A-Z]+)(\d+)/, '$$$1$$$2'));
    expect(chart).toContain(`<c:f>'首页'!${from}:${to}</c:f>`);
  });

  it('hides every anchor, and gives one to every column and every cell of 首页', () => {
    const names = [...text('xl/workbook.xml').matchAll(/<definedName hidden="1" name="(_duban[^"]+)">/g)].map((match) => match[1]);
    const wanted = [
      '_duban.id', '_duban.home', ...HOME_KEYS.map((key) => `_duban.home.${key}`),
      ...SHEET_KEYS.flatMap((key) => columnsOf(key).map((column) => anchorName(key, column.key))),
    ];
    expect(names.sort()).toEqual(wanted.sort());
    expect(text('xl/workbook.xml')).not.toContain('<definedName name="_duban');
  });

  it.each(SHEET_KEYS)('sets up %s: frozen, filtered, printed on A3 with its header, protected only where all is automatic', (key) => {
    const sheet: Sheet = SHEETS[key];
    const xml = sheetXml(key);
    expect(xml).toContain(`xSplit="${sheet.columns.findIndex((column) => column.key === sheet.frozenThrough) + 1}" ySplit="1"`);
    expect(xml).toMatch(/<autoFilter ref="A1:/);
    expect(xml).toMatch(/<pageSetup paperSize="8" orientation="landscape"[^>]*fitToWidth="1" fitToHeight="0"/);
    expect(text('xl/workbook.xml')).toContain(`localSheetId="${SHEET_KEYS.indexOf(key) + 1}">&apos;${sheet.name}&apos;!$1:$1<`);
    expect(xml.includes('<sheetProtection')).toBe(sheet.protected === true);
    expect(text('xl/workbook.xml').includes(`name="${sheet.name}" state="hidden"`)
      || new RegExp(`<sheet [^>]*name="${sheet.name}"[^>]*state="hidden"`).test(text('xl/workbook.xml'))).toBe(sheet.hidden === true);
    // Excel repairs a file whose sheet properties stand in another order.
    expect(xml).not.toMatch(/<pageSetUpPr[^>]*><outlinePr/);
  });

  it('folds the three groups apart and keeps unused columns hidden when a group opens', () => {
    const columns = new Map([...sheetXml('items').matchAll(/<col min="(\d+)"[^>]*>/g)].map((match) => [Number(match[1]), match[0]]));
    const at = (columnKey: string): string => columns.get(columnsOf('items').findIndex((column) => column.key === columnKey) + 1)!;
    for (const key of ['remark', 'deadlineOriginal', 'result']) {
      expect(at(key)).toContain('collapsed="1"');
      expect(at(key)).not.toContain('hidden');
    }
    for (const key of ['requirement', 'attachments', 'deadlineBasis', 'submittedAt', 'pointsTotal']) {
      expect(at(key)).toContain('hidden="1" outlineLevel="1"');
    }
    for (const key of ['nodeType', 'projectPhase', 'percent']) expect(at(key)).toContain('hidden="1" outlineLevel="2"');
  });
});

it.each(IDS)('a workbook of %s without a sample can be read and names its policy', async (id) => {
  const policy = { ...POLICY, id };
  const book = read(await createWorkbook({ policy, parameters: parameterDefinitions(policy), sample: null, identity: { id: 'x', home: '/x.xlsx' } }));
  const rows: unknown[][] = utils.sheet_to_json(book.Sheets['制度参数']!, { header: 1 });
  expect(rows.find((row) => row[1] === 'policy')?.[2]).toBe(id);
});
