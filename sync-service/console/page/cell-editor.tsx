import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ActionResult, ColumnView } from '../../../screens/api-types.ts';
import { send } from './api.ts';

interface EditorProps {
  readonly base: string;
  readonly itemId: string;
  readonly column: ColumnView;
  /** What the person saw: the server refuses where it is another by now. */
  readonly value: string;
  /** Null: given up. */
  readonly ended: (result: ActionResult | null) => void;
}

/** One cell being edited: Enter or leaving it writes, Escape gives up; a refusal stays beside what was typed. */
export function CellEditor({ base, itemId, column, value, ended }: EditorProps): JSX.Element {
  const [text, setText] = useState(value);
  const [refusal, setRefusal] = useState('');
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLElement | null>(null);
  const over = useRef(false);
  useEffect(() => field.current?.focus(), []);
  const commit = async (next = text): Promise<void> => {
    if (over.current || busy) return;
    if (next === value) {
      over.current = true;
      ended(null);
      return;
    }
    setBusy(true);
    const result = await send(`${base}/cell`, { itemId, column: column.key, seen: value, text: next });
    setBusy(false);
    if (result.kind === 'done') {
      over.current = true;
      ended(result);
    } else setRefusal(result.message);
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      over.current = true;
      ended(null);
    }
    if (event.key === 'Enter' && !(column.kind === 'long' && event.shiftKey) && !event.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      void commit();
    }
  };
  const common = { 'aria-label': column.header, 'aria-invalid': refusal !== '', disabled: busy, onKeyDown: pressed };
  const attach = (element: HTMLElement | null): void => { field.current = element; };
  // A refusal is read before the field is left: then leaving gives up.
  const left = (): void => { if (refusal === '') void commit(); else { over.current = true; ended(null); } };
  return <span class="editor">
    {column.kind === 'choice' ? <select ref={attach} {...common} value={text} onBlur={left} onChange={(event) => { setText(event.currentTarget.value); void commit(event.currentTarget.value); }}>
      {[...new Set(['', value, ...column.options])].map((option) => <option key={option} value={option}>{option === '' ? '(空)' : option}</option>)}</select>
      : column.kind === 'long' ? <textarea ref={attach} {...common} rows={3} maxLength={4000} value={text} onBlur={left} onInput={(event) => { setText(event.currentTarget.value); setRefusal(''); }} />
        : <input ref={attach} {...common} maxLength={1000} placeholder={column.kind === 'date' ? '如 2026-03-05' : ''} value={text} onBlur={left} onInput={(event) => { setText(event.currentTarget.value); setRefusal(''); }} />}
    {refusal !== '' && <span class="refusal" role="alert">{refusal}</span>}
  </span>;
}

/** A cell that turns into its editor when it is pressed. */
export function EditableCell({ base, itemId, column, value, told }: Omit<EditorProps, 'ended'> & { readonly told: (result: ActionResult) => void }): JSX.Element {
  const [editing, setEditing] = useState(false);
  if (editing) return <CellEditor base={base} itemId={itemId} column={column} value={value} ended={(result) => { setEditing(false); if (result !== null) told(result); }} />;
  return <button type="button" class={`cell ${value === '' ? 'blank' : ''}`} aria-label={`${value === '' ? '填写' : value}(${column.header},按下修改)`} onClick={() => setEditing(true)}>{value === '' ? '填写' : value}</button>;
}
