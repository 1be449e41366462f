import { createContext, type JSX } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { line } from './line-http.ts';
import type { UploadResult } from '../../../screens/api-types.ts';

/** Whether the server makes PDF, as the session says. */
export const MakesPdf = createContext(false);
const IN_WORD: ReadonlySet<string> = new Set(['form', 'register', 'bulletin', 'notice', 'confirmation']);

/** A link that keeps a paper: .docx or .xlsx, a register as both, and PDF where the server makes one. */
export function Paper({ base, what, of, label }: { readonly base: string; readonly what: 'form' | 'register' | 'bulletin' | 'notice' | 'ranking' | 'confirmation' | 'attachment'; readonly of: Readonly<Record<string, string>>; readonly label: string }): JSX.Element | null {
  const pdf = useContext(MakesPdf) && IN_WORD.has(what);
  if (!line.hasFiles) return null;
  const href = `${base}/files/${what}?${new URLSearchParams(of).toString()}`;
  return <span class="paper"><a href={href} download>{label}</a>{what === 'register' && <a href={`${href}&as=xlsx`} download aria-label={`${label},Excel`}>Excel</a>}{pdf && <a href={`${href}&as=pdf`} download aria-label={`${label},PDF`}>PDF</a>}</span>;
}

/** A file beside the workbook. */
export function Attachment({ base, itemId, path }: { readonly base: string; readonly itemId: string; readonly path: string }): JSX.Element | null {
  return <Paper base={base} what="attachment" of={{ item: itemId, path }} label={path.split('/').at(-1)!} />;
}

const MOST_BYTES = 20 * 1024 * 1024;

/** Files for a report: each goes to the server when it is chosen, and is named in the report that follows. `path` takes them. */
export function Files({ path, itemId, names, change }: { readonly path: string; readonly itemId: string; readonly names: readonly string[]; readonly change: (names: readonly string[]) => void }): JSX.Element {
  const [said, setSaid] = useState('');
  const take = async (files: readonly File[]): Promise<void> => {
    let kept = names;
    setSaid('正在上传…');
    for (const file of files) {
      const result = file.size > MOST_BYTES ? `「${file.name}」超过 20 MB` : await upload(path, itemId, file);
      if (typeof result === 'string') { setSaid(result); return; }
      kept = [...new Set([...kept, result.path])];
      change(kept);
    }
    setSaid('');
  };
  return <div class="files"><label class="pick"><span>附件</span><b>选择文件…</b><input class="sr" type="file" multiple onChange={(event) => { void take([...event.currentTarget.files ?? []]); event.currentTarget.value = ''; }} /></label>
    {names.length > 0 && <ul>{names.map((name) => <li key={name}>{name.split('/').at(-1)} <button type="button" class="quiet small" aria-label={`不附 ${name}`} onClick={() => change(names.filter((other) => other !== name))}>✕</button></li>)}</ul>}
    <p class="told" role="status">{said}</p></div>;
}

async function upload(path: string, itemId: string, file: File): Promise<UploadResult | string> {
  try {
    const response = await fetch(`${path}?${new URLSearchParams({ item: itemId, name: file.name }).toString()}`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file });
    const body = (await response.json()) as UploadResult | { readonly message: string };
    return 'path' in body ? body : body.message;
  } catch {
    return '连不上督办程序:附件要有网络才能上传,文字不会丢';
  }
}
