import type { Stored } from './stored-cell.ts';
import { DateSerial, isDateFormat, resultOf } from './stored-cell.ts';
import { wallClock } from './zone.ts';

/** What a cell shows on screen. Only the number formats an office uses are drawn; others throw. */
export function displayOf(stored: Stored, format: string | undefined): string {
  const value = resultOf(stored);
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (value instanceof DateSerial) {
    const shown = format ?? value.format;
    return isDateFormat(shown) ? dateText(value.serial, shown) : numberText(value.serial, shown);
  }
  return format !== undefined && isDateFormat(format) ? dateText(value, format) : numberText(value, format);
}

function numberText(value: number, format: string | undefined): string {
  if (format === undefined || format === '@' || format === 'General' || format.startsWith('0.####')) return String(Number(value.toPrecision(15)));
  const match = /^(#,##)?0(?:\.(0+))?(%?)$/.exec(format);
  if (match === null) throw new Error(`not faked: number format ${format}`);
  const decimals = match[2]?.length ?? 0;
  const percent = match[3] === '%';
  const shown = percent ? value * 100 : value;
  return `${shown.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: match[1] !== undefined })}${percent ? '%' : ''}`;
}

function dateText(serial: number, format: string): string {
  const date = wallClock(serial);
  // `m` means minutes after an hour or before seconds, months elsewhere.
  let afterHour = false;
  return format.replaceAll(/"([^"]*)"|\\(.)|y+|m+|d+|h+|s+|[^ymdhs"\\]/gi, (token, quoted?: string, escaped?: string) => {
    if (quoted !== undefined || escaped !== undefined) return quoted ?? escaped ?? '';
    const pad = (value: number): string => String(value).padStart(token.length, '0');
    switch (token[0]!.toLowerCase()) {
      case 'y': return token.length > 2 ? String(date.getUTCFullYear()) : String(date.getUTCFullYear() % 100).padStart(2, '0');
      case 'd': return pad(date.getUTCDate());
      case 'h': afterHour = true; return pad(date.getUTCHours());
      case 's': return pad(date.getUTCSeconds());
      case 'm': {
        const text = pad(afterHour ? date.getUTCMinutes() : date.getUTCMonth() + 1);
        afterHour = false;
        return text;
      }
      default: return token;
    }
  });
}
