/** Windows and pages as HTML, for pictures that say of themselves that they are schematic. */
const FONT = "'Noto Sans CJK SC','Microsoft YaHei',sans-serif";

/** A page of one picture, `width` pixels wide. */
export function page(width, body) {
  return `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><style>
  *{box-sizing:border-box} body{margin:0;padding:14px;width:${width}px;background:#eef1f5;font:14px/1.5 ${FONT};color:#1f2329}
  .win{background:#fff;border:1px solid #b9c0ca;border-radius:8px;overflow:hidden;box-shadow:0 2px 8px #0002}
  .bar{display:flex;justify-content:space-between;background:#f3f5f8;border-bottom:1px solid #d9dee5;padding:6px 12px;font-size:13px}
  .bar i{font-style:normal;letter-spacing:14px;color:#555}
  .in{padding:14px 16px} .row{display:flex;gap:14px} .grow{flex:1}
  .note{margin-top:8px;font-size:12px;color:#646a73;text-align:right}
  .hot{outline:2px solid #d9483b;outline-offset:2px;border-radius:3px}
  .tip{color:#b42318;font-weight:bold}
  .btn{display:inline-block;border:1px solid #9aa3ad;border-radius:4px;padding:3px 16px;background:#fdfdfd}
  .go{background:#2f6db5;color:#fff;border-color:#2f6db5}
  .field{border:1px solid #9aa3ad;border-radius:3px;padding:3px 8px;background:#fff;min-height:28px}
  .list div{padding:4px 8px;border-bottom:1px solid #eef0f2} .sel{background:#dcebfb}
  .box{display:inline-block;width:14px;height:14px;border:1px solid #555;text-align:center;line-height:13px;font-size:12px;margin-right:6px;vertical-align:-2px;border-radius:2px}
  .dot{border-radius:50%} .cmd{background:#0c0c0c;color:#e6e6e6;padding:12px 14px;font:13px/1.7 'Noto Sans Mono CJK SC',monospace;white-space:pre-wrap}
  .tab{display:inline-block;padding:4px 12px;border:1px solid #d9dee5;border-bottom:0;background:#f3f5f8} .tab.on{background:#fff;font-weight:bold}
  table{border-collapse:collapse;width:100%} td,th{border:1px solid #d9dee5;padding:3px 8px;font-weight:normal;text-align:left}
  .file{width:104px;text-align:center;font-size:13px;padding:8px 2px} .icon{width:34px;height:40px;margin:0 auto 4px;border-radius:4px;color:#fff;font-size:15px;line-height:40px}
  </style></head><body>${body}<div class="note">示意图,字样以实际窗口为准</div></body></html>`;
}

export function win(title, body) {
  return `<div class="win"><div class="bar"><span>${title}</span><i>—□✕</i></div>${body}</div>`;
}

export const check = (text, on = true, hot = false) => `<div style="margin:6px 0"><span${hot ? ' class="hot"' : ''}><span class="box">${on ? '✓' : ''}</span>${text}</span></div>`;
export const radio = (text, on = true, hot = false) => `<div style="margin:6px 0"><span${hot ? ' class="hot"' : ''}><span class="box dot">${on ? '●' : ''}</span>${text}</span></div>`;
