import { raw } from 'hono/html';

/** The looks of 督办看板: one column on a phone, two on a screen, light or dark as the reader's device is. */
export const BOARD_CSS = raw(`
:root{--bg:#f2f3f5;--card:#fff;--ink:#1f2329;--faint:#5f6670;--line:#e5e6eb;--accent:#b71c1c;--todo:#fff1c2;--todo-ink:#7a5600;--note:#fff7db}
@media (prefers-color-scheme:dark){:root{--bg:#16181c;--card:#22252b;--ink:#e8eaed;--faint:#a3a9b3;--line:#363b44;--accent:#ff8a80;--todo:#4a3a08;--todo-ink:#ffdf80;--note:#3a3216}}
*{box-sizing:border-box;margin:0;padding:0}
body{background:var(--bg);color:var(--ink);font:16px/1.5 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Arial,sans-serif;overflow-wrap:anywhere}
main{max-width:1200px;margin:0 auto;padding:16px}main,.columns,.summary{display:grid;gap:16px;grid-template-columns:minmax(0,1fr);align-items:start}
header{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 16px;border-top:4px solid var(--accent);padding-top:12px}
h1{font-size:26px;line-height:1.3}h2{font-size:17px;margin-bottom:12px}
.policy{color:var(--faint)}.as-of{margin-left:auto;color:var(--faint)}.as-of b{color:var(--ink)}
.drill{margin-left:8px;padding:1px 8px;border-radius:4px;background:#ffd54f;color:#4e3b00;font-weight:bold}
section{background:var(--card);border-radius:10px;padding:16px;border:1px solid var(--line)}
ul,ol{list-style:none}
.stale,.held{padding:10px 16px;border-radius:10px}.stale{background:#c62828;color:#fff;font-weight:bold}.held{background:var(--note)}
.tiles{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:8px}
.tiles li{border:1px solid var(--line);border-radius:8px;padding:10px 6px;text-align:center}
.tiles b{display:block;font-size:24px;line-height:1.3;font-variant-numeric:tabular-nums}.tiles span{font-size:14px;color:var(--faint)}
.tiles .todo{background:var(--todo)}.tiles .todo b,.tiles .todo span{color:var(--todo-ink)}.tiles .none b{color:var(--faint)}
.lights{display:grid;grid-template-columns:repeat(6,minmax(0,1fr));gap:6px}
.lights .light{padding:8px 2px;text-align:center;border-radius:8px}.lights b{display:block;font-size:20px;font-variant-numeric:tabular-nums}
.light{border-radius:4px;font-weight:bold}
.red{background:#c62828;color:#fff}.yellow{background:#ffd54f;color:#4e3b00}.green{background:#2e7d32;color:#fff}.blue{background:#1565c0;color:#fff}.grey{background:#6b7280;color:#fff}.done{background:#e0e0e0;color:#424242}
.basis{margin-top:10px;font-size:14px;color:var(--faint)}
.notes{background:var(--note)}.notes li{padding:6px 0;border-top:1px solid var(--line)}.notes li:first-child{border-top:0}
.units li{display:flex;flex-wrap:wrap;gap:6px;align-items:center;padding:7px 0;border-top:1px solid var(--line)}.units li:first-child{border-top:0}
.units .name{flex:1 1 8em;min-width:0}.units .light{padding:1px 8px;font-size:14px;white-space:nowrap}
.items>li{display:flex;gap:10px;align-items:flex-start;padding:10px 0;border-top:1px solid var(--line)}.items>li:first-child{border-top:0}
.items .light{flex:none;width:28px;height:24px;line-height:24px;text-align:center;font-size:14px}
.matter{flex:1;min-width:0}.title{font-weight:bold}.title:empty{display:none}
.facts{display:flex;flex-wrap:wrap;gap:0 12px;font-size:14px;color:var(--faint)}
.progress{font-size:15px;display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden;white-space:pre-line}
.left{flex:none;font-size:14px;color:var(--faint);white-space:nowrap}.left.late{color:var(--accent);font-weight:bold}
footer{font-size:14px;color:var(--faint);text-align:center;padding:4px 0 12px}
@media (min-width:900px){.columns{grid-template-columns:minmax(0,5fr) minmax(0,7fr)}}
@media print{body{background:#fff;color:#000}section{border:1px solid #999;break-inside:avoid-page}}
`);
