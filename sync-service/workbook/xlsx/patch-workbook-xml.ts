import { stretchRanges, type Growth } from './stretch.ts';

/**
 * workbook.xml with a full recalculation asked for on load (cached results of people's formulas are stale after a write)
 * and the hidden filter names of grown sheets stretched. `growths` is by 0-based sheet.
 */
export function patchWorkbookXml(bytes: Buffer, growths: ReadonlyMap<number, Growth>): Buffer {
  // latin1 keeps every byte as it is; names are matched by their ASCII parts only.
  let xml = bytes.toString('latin1');
  xml = xml.replaceAll(/(<(?:\w+:)?definedName\s[^>]*>)([^<]*)(?=<)/g, (whole, tag: string, text: string) => {
    const sheet = /\slocalSheetId=["'](\d+)["']/.exec(tag)?.[1];
    const growth = sheet === undefined ? undefined : growths.get(Number(sheet));
    const bang = text.lastIndexOf('!');
    if (growth === undefined || bang < 0 || !tag.includes('_xlnm._FilterDatabase')) return whole;
    return tag + text.slice(0, bang + 1) + stretchRanges(text.slice(bang + 1), growth, true);
  });
  const calc = /<((?:\w+:)?)calcPr(\s[^>]*?)?(\/?)>/.exec(xml);
  if (calc !== null) {
    const attributes = (calc[2] ?? '').replaceAll(/\sfullCalcOnLoad=(?:"[^"]*"|'[^']*')/g, '').trimEnd();
    const tag = `<${calc[1]!}calcPr${attributes} fullCalcOnLoad="1"${calc[3]!}>`;
    xml = xml.slice(0, calc.index) + tag + xml.slice(calc.index + calc[0].length);
  } else {
    const prefix = /<((?:\w+:)?)workbook[\s>]/.exec(xml)?.[1] ?? '';
    // The schema fixes the order: calcPr follows the last of these that is there.
    const after = ['definedNames', 'externalReferences', 'functionGroups', 'sheets']
      .map((name) => [`</${prefix}${name}>`, `<${prefix}${name}/>`])
      .flat().map((end) => (xml.includes(end) ? xml.indexOf(end) + end.length : -1)).find((at) => at >= 0);
    if (after !== undefined) xml = `${xml.slice(0, after)}<${prefix}calcPr fullCalcOnLoad="1"/>${xml.slice(after)}`;
  }
  return Buffer.from(xml, 'latin1');
}
