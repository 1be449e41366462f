/**
 * Google's enums as the script meets them: objects that are equal only to themselves and print their name.
 * `@types/google-apps-script` calls them TypeScript enums; nothing but identity and the name may be relied on.
 */
export class EnumValue {
  readonly #name: string;
  readonly #ordinal: number;
  constructor(name: string, ordinal: number) {
    this.#name = name;
    this.#ordinal = ordinal;
  }
  name(): string { return this.#name; }
  ordinal(): number { return this.#ordinal; }
  toString(): string { return this.#name; }
  toJSON(): string { return this.#name; }
}

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the fake stands in for Google's type
function enumeration<E extends object>(name: string, members: string): E {
  const values = new Map(members.split(' ').map((member, index) => [member, Object.freeze(new EnumValue(member, index))]));
  return new Proxy(Object.fromEntries(values), {
    get(target, key) {
      if (typeof key === 'symbol') return undefined;
      if (!(key in target)) throw new Error(`not faked: ${name}.${key}`);
      return target[key];
    },
  }) as unknown as E;
}

export function nameOf(value: unknown): string {
  if (!(value instanceof EnumValue)) throw new Error(`not an enum value of the fake: ${String(value)}`);
  return value.name();
}

/** One set for all executions: an enum value must stay equal to itself across them. */
export const ENUMS = {
  BooleanCriteria: enumeration<typeof GoogleAppsScript.Spreadsheet.BooleanCriteria>('BooleanCriteria', 'CELL_EMPTY CELL_NOT_EMPTY TEXT_CONTAINS TEXT_EQUAL_TO NUMBER_BETWEEN NUMBER_LESS_THAN CUSTOM_FORMULA'),
  BorderStyle: enumeration<typeof GoogleAppsScript.Spreadsheet.BorderStyle>('BorderStyle', 'DOTTED DASHED SOLID SOLID_MEDIUM SOLID_THICK DOUBLE'),
  DataValidationCriteria: enumeration<typeof GoogleAppsScript.Spreadsheet.DataValidationCriteria>('DataValidationCriteria',
    'DATE_AFTER DATE_BEFORE DATE_BETWEEN DATE_EQUAL_TO DATE_IS_VALID_DATE DATE_NOT_BETWEEN DATE_ON_OR_AFTER DATE_ON_OR_BEFORE NUMBER_BETWEEN NUMBER_GREATER_THAN_OR_EQUAL_TO VALUE_IN_LIST VALUE_IN_RANGE CUSTOM_FORMULA CHECKBOX'),
  DeveloperMetadataLocationType: enumeration<typeof GoogleAppsScript.Spreadsheet.DeveloperMetadataLocationType>('DeveloperMetadataLocationType', 'SPREADSHEET SHEET ROW COLUMN'),
  DeveloperMetadataVisibility: enumeration<typeof GoogleAppsScript.Spreadsheet.DeveloperMetadataVisibility>('DeveloperMetadataVisibility', 'DOCUMENT PROJECT'),
  Dimension: enumeration<typeof GoogleAppsScript.Spreadsheet.Dimension>('Dimension', 'COLUMNS ROWS'),
  ProtectionType: enumeration<typeof GoogleAppsScript.Spreadsheet.ProtectionType>('ProtectionType', 'RANGE SHEET'),
  WrapStrategy: enumeration<typeof GoogleAppsScript.Spreadsheet.WrapStrategy>('WrapStrategy', 'WRAP OVERFLOW CLIP'),
  Button: enumeration<typeof GoogleAppsScript.Base.Button>('Button', 'CLOSE OK CANCEL YES NO'),
  ButtonSet: enumeration<typeof GoogleAppsScript.Base.ButtonSet>('ButtonSet', 'OK OK_CANCEL YES_NO YES_NO_CANCEL'),
  Weekday: enumeration<typeof GoogleAppsScript.Base.Weekday>('Weekday', 'SUNDAY MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY'),
  ChartType: enumeration<typeof GoogleAppsScript.Charts.ChartType>('ChartType', 'AREA BAR COLUMN COMBO LINE PIE SCATTER TABLE'),
  AuthMode: enumeration<typeof GoogleAppsScript.Script.AuthMode>('AuthMode', 'NONE CUSTOM_FUNCTION LIMITED FULL'),
  AuthorizationStatus: enumeration<typeof GoogleAppsScript.Script.AuthorizationStatus>('AuthorizationStatus', 'REQUIRED NOT_REQUIRED'),
  EventType: enumeration<typeof GoogleAppsScript.Script.EventType>('EventType', 'CLOCK ON_OPEN ON_EDIT ON_FORM_SUBMIT ON_CHANGE ON_EVENT_UPDATED'),
  TriggerSource: enumeration<typeof GoogleAppsScript.Script.TriggerSource>('TriggerSource', 'SPREADSHEETS CLOCK FORMS DOCUMENTS CALENDAR'),
  Charset: enumeration<typeof GoogleAppsScript.Utilities.Charset>('Charset', 'US_ASCII UTF_8'),
  DigestAlgorithm: enumeration<typeof GoogleAppsScript.Utilities.DigestAlgorithm>('DigestAlgorithm', 'MD2 MD5 SHA_1 SHA_256 SHA_384 SHA_512'),
  XFrameOptionsMode: enumeration<typeof GoogleAppsScript.HTML.XFrameOptionsMode>('XFrameOptionsMode', 'ALLOWALL DEFAULT'),
} as const;
