import { check, page, win } from './frame.mjs';

const sheet = (menu) => win('某局督办台账 - 谷歌表格', `<div class="in"><div style="font-size:13px">文件&nbsp;&nbsp;修改&nbsp;&nbsp;查看&nbsp;&nbsp;插入&nbsp;&nbsp;格式&nbsp;&nbsp;数据&nbsp;&nbsp;工具&nbsp;&nbsp;${menu}</div>`
  + `<table style="margin-top:8px"><tr><th>&nbsp;</th><th>A</th><th>B</th><th>C</th><th>D</th><th>E</th></tr>${[1, 2, 3].map((row) => `<tr><td>${row}</td><td></td><td></td><td></td><td></td><td></td></tr>`).join('')}</table></div>`);
const drop = (items) => `<div class="win list" style="width:230px;margin:-118px 0 8px auto;position:relative">${items.map(([text, hot]) => `<div><span${hot ? ' class="hot"' : ''}>${text}</span></div>`).join('')}</div>`;

/** The pictures of docs/install-google.md, by file name. */
export const googlePictures = {
  'google-open-editor': page(760, `${sheet('<span class="hot">扩展程序</span>&nbsp;&nbsp;帮助')}${drop([['加购项'], ['宏'], ['Apps 脚本', true], ['AppSheet']])}`),
  'google-editor': page(820, win('Apps 脚本 - 某局督办台账', `<div class="in row"><div style="width:200px" class="list"><div><b>文件</b> <span class="hot" style="float:right">+</span></div><div class="sel">代码.gs ← Code.js 全部内容</div><div>Plan.gs ← Plan.js</div><div>Policies.gs ← Policies.js</div><div>Rules.gs ← Rules.js</div><div>Screens.gs ← Screens.js</div><div>Table.gs ← Table.js</div><div>dialog.html ← dialog.html</div><div>console.html ← console.html</div><div>appsscript.json ← appsscript.json</div><div style="margin-top:10px">⚙ <span class="hot">项目设置</span></div></div><div class="grow"><div class="cmd">// 督办 · 谷歌表格里的程序
function Code_() {
  …</div><div style="margin-top:8px;font-size:13px">项目设置里勾选:${check('在编辑器中显示“appsscript.json”清单文件', true, true)}粘贴后按 <b>Ctrl+S</b> 保存,关闭编辑器,刷新表格。</div></div></div>`)),
  'google-menu': page(760, `${sheet('扩展程序&nbsp;&nbsp;帮助&nbsp;&nbsp;<span class="hot">督办</span>')}${drop([['立即巡检'], ['新建督办'], ['……'], ['初始化/修复', true], ['自检'], ['关于']])}`),
  'google-consent': page(620, `${win('登录 - 谷歌账号', `<div class="in"><b>Google 尚未验证此应用</b><div style="margin:8px 0;font-size:13px">此应用请求访问您的谷歌账号中的敏感信息。程序由本单位自己放入,没有在谷歌登记,所以这样提示。</div><span class="hot">高级</span><div style="margin-top:8px">转至“某局督办台账”(不安全) <span class="tip">← 点这里</span></div></div>`)}<div style="height:10px"></div>${win('授权', `<div class="in">${check('全选', true, true)}${check('查看、修改、创建和删除您的所有谷歌表格')}${check('以您的名义发送电子邮件')}${check('允许此应用在您不在时运行')}${check('在谷歌应用的提示和边栏中显示网页内容')}<div style="text-align:right"><span class="btn">取消</span> <span class="btn go hot">允许</span></div></div>`)}`),
  'google-set-up': page(620, win('初始化/修复', `<div class="in"><div>适用制度</div><div class="field hot">县税务局(tax) ▾</div><div style="margin-top:12px;text-align:right"><span class="btn">取消</span> <span class="btn go">开始初始化</span></div></div>`)),
};
