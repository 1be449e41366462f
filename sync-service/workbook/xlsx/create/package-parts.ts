import { columnsOf, outlineOf, type Policy, type SheetKey } from '#core';
import { columnLetters } from '../cell-address.ts';
import { readZip, type ZipArchive } from '../zip.ts';
import { writeZip } from '../zip-write.ts';
import { chartXml, drawingXml } from './home-chart.ts';
import { LAST_RULE_ROW } from './styles.ts';

const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE_RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const RELATION_TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const HOME_PART = 'xl/worksheets/sheet1.xml';
/** The property set id that every program uses for custom properties. */
const CUSTOM_PROPERTIES_ID = '{D5CDD505-2E9C-101B-9397-08002B2CF9AE}';

export interface WorkbookIdentity {
  readonly id: string;
  /** Where the workbook belongs; found elsewhere it is a copy. */
  readonly home: string;
}

/**
 * What exceljs can't write: the chart, the identity, hidden names, the [+] of column groups, and silence about numbers
 * kept as text. `sheetKeys` are the data sheets in the order of their parts after 首页.
 */
export async function completePackage(
  file: Buffer, identity: WorkbookIdentity, policy: Policy, sheetKeys: readonly SheetKey[],
): Promise<Uint8Array> {
  const zip = readZip(file);
  const parts = new Map<string, Buffer>();
  const put = (name: string, xml: string): void => { parts.set(name, Buffer.from(xml, 'utf8')); };

  put('docProps/custom.xml', customProperties({ 'duban.id': identity.id, 'duban.home': identity.home }));
  put('_rels/.rels', patched(zip, '_rels/.rels', (xml) => beforeEnd(xml, '</Relationships>',
    `<Relationship Id="rIdDubanCustom" Type="${RELATION_TYPES}/custom-properties" Target="docProps/custom.xml"/>`)));
  put('xl/charts/chart1.xml', chartXml());
  put('xl/drawings/drawing1.xml', drawingXml('rId1'));
  put('xl/drawings/_rels/drawing1.xml.rels', relations('chart', '../charts/chart1.xml'));
  put('xl/worksheets/_rels/sheet1.xml.rels', relations('drawing', '../drawings/drawing1.xml'));
  put('[Content_Types].xml', patched(zip, '[Content_Types].xml', (xml) => beforeEnd(xml, '</Types>',
    contentType('/docProps/custom.xml', 'vnd.openxmlformats-officedocument.custom-properties+xml')
    + contentType('/xl/charts/chart1.xml', 'vnd.openxmlformats-officedocument.drawingml.chart+xml')
    + contentType('/xl/drawings/drawing1.xml', 'vnd.openxmlformats-officedocument.drawing+xml'))));
  // LibreOffice fits row heights and recalculates only in files that don't claim to come from Excel.
  put('docProps/app.xml', patched(zip, 'docProps/app.xml', (xml) => xml.replace('<Application>Microsoft Excel</Application>', '<Application>duban</Application>')));
  put('xl/workbook.xml', patched(zip, 'xl/workbook.xml', (xml) => xml
    .replaceAll('<definedName name="_duban.', '<definedName hidden="1" name="_duban.').replace('</definedNames>', `${identityNames(identity)}</definedNames>`)));
  put(HOME_PART, patched(zip, HOME_PART, (xml) => beforeEnd(mended(xml), '</worksheet>',
    `<drawing xmlns:r="${RELATION_TYPES}" r:id="rId1"/>`)));
  sheetKeys.forEach((key, index) => {
    const name = `xl/worksheets/sheet${index + 2}.xml`;
    put(name, patched(zip, name, (xml) => beforeEnd(withOutlineMarks(withFreeHeights(mended(xml)), key, policy), '</worksheet>', ignoredErrors(key))));
  });
  return Buffer.concat(await writeZip(zip, parts));
}

/** exceljs writes two children of sheetPr in an order the format forbids, and heights that keep rows from fitting wrapped text. */
function mended(xml: string): string {
  return xml
    .replace(/(<pageSetUpPr[^>]*>)(<outlinePr[^>]*>)/, '$2$1')
    .replace(/<sheetFormatPr[^>]*>/, (format) => format.replace(' customHeight="1"', '').replace(/x14ac:dyDescent="[^"]*"/, 'x14ac:dyDescent="0.25"'));
}

/** Heights of data rows are a first guess: without the mark of a hand-set height, Excel fits them anew when text changes. */
function withFreeHeights(xml: string): string {
  return xml.replaceAll(/<row r="\d+" [^>]*>/g, (row) => row.startsWith('<row r="1" ') ? row : row.replace(' customHeight="1"', ''));
}

/** exceljs marks the grouped columns as collapsed; Excel looks for the mark on the column that carries the [+]. */
function withOutlineMarks(xml: string, key: SheetKey, policy: Policy): string {
  const outlines = outlineOf(key, policy);
  return xml.replace(/<cols>(.*?)<\/cols>/s, (_, cols: string) => `<cols>${cols.replaceAll(/<col [^>]*>/g, (col) => {
    const [from, to] = [Number(attribute(col, 'min')), Number(attribute(col, 'max'))];
    const plain = col.replace(' collapsed="1"', '');
    const marked = [];
    for (let number = from; number <= to; number += 1) {
      const own = plain.replace(/ min="\d+"/, ` min="${number}"`).replace(/ max="\d+"/, ` max="${number}"`);
      marked.push(outlines[number - 1]?.collapsed === true ? own.replace(' customWidth=', ' collapsed="1" customWidth=') : own);
    }
    return marked.join('');
  })}</cols>`);
}

/** Codes such as 007 stand as text on purpose: no green triangles. */
function ignoredErrors(key: SheetKey): string {
  const last = columnLetters(columnsOf(key).length - 1);
  return `<ignoredErrors><ignoredError sqref="A1:${last}${LAST_RULE_ROW}" numberStoredAsText="1"/></ignoredErrors>`;
}

/** The identity once more: some programs drop custom properties on saving, none drops names. A text in a formula has at most 255 signs. */
function identityNames({ id, home }: WorkbookIdentity): string {
  return Object.entries({ id, home }).filter(([, value]) => value.length <= 255)
    .map(([key, value]) => `<definedName hidden="1" name="_duban.${key}">"${escapeXml(value.replaceAll('"', '""'))}"</definedName>`).join('');
}

function customProperties(values: Readonly<Record<string, string>>): string {
  const properties = Object.entries(values).map(([name, value], index) =>
    `<property fmtid="${CUSTOM_PROPERTIES_ID}" pid="${index + 2}" name="${name}"><vt:lpwstr>${escapeXml(value)}</vt:lpwstr></property>`);
  return `${XML_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" `
    + `xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">${properties.join('')}</Properties>`;
}

function relations(type: 'chart' | 'drawing', target: string): string {
  return `${XML_HEAD}<Relationships xmlns="${PACKAGE_RELATIONS}"><Relationship Id="rId1" Type="${RELATION_TYPES}/${type}" Target="${target}"/></Relationships>`;
}

function contentType(part: string, type: string): string {
  return `<Override PartName="${part}" ContentType="application/${type}"/>`;
}

function patched(zip: ZipArchive, name: string, change: (xml: string) => string): string {
  const part = zip.read(name);
  if (part === null) throw new Error(`the new workbook lacks ${name}`);
  return change(part.toString('utf8'));
}

function beforeEnd(xml: string, end: string, addition: string): string {
  const place = xml.lastIndexOf(end);
  if (place < 0) throw new Error(`no ${end} in a part of the new workbook`);
  return xml.slice(0, place) + addition + xml.slice(place);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function attribute(element: string, name: string): string {
  return new RegExp(` ${name}="([^"]*)"`).exec(element)?.[1] ?? '';
}
