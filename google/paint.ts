import { COLOURS, DAY_FORMAT, MOMENT_FORMAT, PERCENT_FORMAT, TEXT_FORMAT } from '#core';
import type { Colour, NumberPattern, TextLook } from './requests.ts';

/** A colour in the API's words. */
export function colour(rgb: string): Colour {
  const part = (at: number): number => parseInt(rgb.slice(at, at + 2), 16) / 255;
  return { rgbColor: { red: part(0), green: part(2), blue: part(4) } };
}

/** A number format in the API's words; null for the one that Google gives by itself. */
export function numberFormat(pattern: string): NumberPattern | null {
  switch (pattern) {
    case DAY_FORMAT: return { type: 'DATE', pattern };
    case MOMENT_FORMAT: return { type: 'DATE_TIME', pattern };
    case PERCENT_FORMAT: return { type: 'PERCENT', pattern };
    case TEXT_FORMAT: return { type: 'TEXT', pattern };
    default: return null;
  }
}

export function text(size: number, ink: string = COLOURS.ink, bold = false): TextLook {
  return { fontSize: size, foregroundColorStyle: colour(ink), ...(bold ? { bold } : {}) };
}
