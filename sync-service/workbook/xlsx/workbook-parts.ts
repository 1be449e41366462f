import { posix } from 'node:path';
import { StoreError } from '../store.ts';
import { childOf, childrenOf, parseSmallXml, textOfPart, type XmlElement } from './small-xml.ts';
import type { ZipArchive } from './zip.ts';

export interface SheetPart {
  readonly name: string;
  /** Zip entry of the worksheet. */
  readonly part: string;
}

export interface DefinedName {
  readonly name: string;
  readonly text: string;
  /** 0-based sheet that the name is local to; null for the workbook. */
  readonly localSheet: number | null;
}

/** The frame of a workbook: what its small parts say. */
export interface WorkbookParts {
  readonly workbookPart: string;
  /** Worksheets in tab order; null in place of chart and dialog sheets, so that indexes stay those of the file. */
  readonly sheets: readonly (SheetPart | null)[];
  readonly definedNames: readonly DefinedName[];
  readonly date1904: boolean;
  readonly sharedStringsPart: string | null;
  readonly stylesPart: string | null;
  /** docProps/custom.xml. */
  readonly customProperties: ReadonlyMap<string, string>;
}

const STRICT = 'http://purl.oclc.org/ooxml/';

/** Reads workbook.xml, its relationships and the custom properties. Throws a StoreError for anything but a plain .xlsx. */
export function readWorkbookParts(zip: ZipArchive): WorkbookParts {
  const rootRelations = readRelations(zip, '');
  const main = rootRelations.find((relation) => relation.type.endsWith('/officeDocument'));
  if (zip.find('xl/workbook.bin') !== null || main?.target.endsWith('.bin') === true) {
    throw new StoreError('binary-format', '这是 .xlsb 二进制工作簿:请用 Excel 或 WPS 另存为“Excel 工作簿(.xlsx)”后再试');
  }
  const workbookPart = main === undefined ? zip.find('xl/workbook.xml') : zip.find(main.target);
  const bytes = workbookPart === null ? null : zip.read(workbookPart);
  if (workbookPart === null || bytes === null) {
    throw new StoreError('not-xlsx', '这是压缩包,但不是 .xlsx 工作簿:请用 Excel 或 WPS 打开,另存为“Excel 工作簿(.xlsx)”后再试');
  }
  const root = parseSmallXml(workbookPart, textOfPart(bytes));
  if (root.namespace.startsWith(STRICT)) {
    throw new StoreError('strict-ooxml', '这是“严格 Open XML”格式:请在 Excel 里另存为普通的“Excel 工作簿(.xlsx)”后再试');
  }
  if (root.name !== 'workbook') {
    throw new StoreError('not-xlsx', '这不是表格文件(可能是 Word 或演示文稿):请确认文件选对了');
  }
  const relations = readRelations(zip, workbookPart);
  const sheets = childrenOf(childOf(root, 'sheets'), 'sheet').map((element): SheetPart | null => {
    const relation = relations.find(({ id }) => id === element.attributes['id']);
    if (relation?.type.endsWith('/worksheet') !== true) return null;
    const part = zip.find(relation.target);
    if (part === null) throw new StoreError('truncated', `工作表「${element.attributes['name'] ?? ''}」的内容不在文件里:请从备份或 .duban/versions 恢复`);
    return { name: element.attributes['name'] ?? '', part };
  });
  const partOfType = (type: string): string | null => {
    const relation = relations.find((candidate) => candidate.type.endsWith(type));
    return relation === undefined ? null : zip.find(relation.target);
  };
  const custom = rootRelations.find(({ type }) => type.endsWith('/custom-properties'));
  return {
    workbookPart,
    sheets,
    definedNames: childrenOf(childOf(root, 'definedNames'), 'definedName').map((element) => ({
      name: element.attributes['name'] ?? '',
      text: element.text,
      localSheet: element.attributes['localSheetId'] === undefined ? null : Number(element.attributes['localSheetId']),
    })),
    date1904: isTrue(childOf(root, 'workbookPr')?.attributes['date1904']),
    sharedStringsPart: partOfType('/sharedStrings'),
    stylesPart: partOfType('/styles'),
    customProperties: readCustomProperties(zip, custom?.target ?? null),
  };
}

export interface Relation {
  readonly id: string;
  readonly type: string;
  /** Zip entry name, resolved against the part that holds the relationship. */
  readonly target: string;
}

/** The internal relationships of a part (of the package for an empty name). */
export function readRelations(zip: ZipArchive, part: string): Relation[] {
  const folder = posix.dirname(part);
  const name = part === '' ? '_rels/.rels' : posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const bytes = zip.read(name);
  if (bytes === null) return [];
  return childrenOf(parseSmallXml(name, textOfPart(bytes)), 'Relationship')
    .filter(({ attributes }) => attributes['TargetMode'] !== 'External')
    .map(({ attributes }) => {
      const target = attributes['Target'] ?? '';
      return {
        id: attributes['Id'] ?? '',
        type: attributes['Type'] ?? '',
        target: target.startsWith('/') ? target.slice(1) : posix.normalize(posix.join(part === '' ? '' : folder, target)),
      };
    });
}

function readCustomProperties(zip: ZipArchive, part: string | null): Map<string, string> {
  const properties = new Map<string, string>();
  const bytes = part === null ? null : zip.read(part);
  if (part === null || bytes === null) return properties;
  for (const element of childrenOf(parseSmallXml(part, textOfPart(bytes)), 'property')) {
    const value: XmlElement | undefined = element.children[0];
    properties.set(element.attributes['name'] ?? '', value?.text ?? '');
  }
  return properties;
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
