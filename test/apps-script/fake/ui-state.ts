import type { Area } from './area.ts';
import type { SheetModel } from './sheet-model.ts';

export interface MenuItem { readonly caption: string; readonly handler: string | null; readonly items: readonly MenuItem[] }
export interface ShownPage { readonly kind: 'dialog' | 'sidebar'; readonly title: string; readonly html: string; readonly width: number; readonly height: number }
/** What a person answers to an alert or prompt. */
export interface Answer { readonly button: 'OK' | 'CANCEL' | 'YES' | 'NO' | 'CLOSE'; readonly text?: string }

/** What people saw, and what they will answer. */
export class UiState {
  readonly menus: MenuItem[] = [];
  readonly toasts: { title: string; text: string }[] = [];
  readonly alerts: { title: string; text: string }[] = [];
  readonly pages: ShownPage[] = [];
  /** Taken in turn. A function may let people act while the box is open. */
  readonly answers: (Answer | (() => Answer))[] = [];
  selection: { sheet: SheetModel; area: Area } | null = null;
  /** Further places that were marked with it (Ctrl), in the same sheet. */
  alsoSelected: readonly Area[] = [];
}
