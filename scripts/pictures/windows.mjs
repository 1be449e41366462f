import { check, page, radio, win } from './frame.mjs';

const ICONS = { folder: ['#e0b040', '夹'], run: ['#5b6b80', '⚙'], text: ['#8fa3b8', '文'], book: ['#2e7d4f', '表'] };
const file = (kind, name, hot = false) => `<div class="file${hot ? ' hot' : ''}"><div class="icon" style="background:${ICONS[kind][0]}">${ICONS[kind][1]}</div>${name}</div>`;
const FILES = [['folder', 'node'], ['folder', 'program'], ['run', '启动.bat'], ['run', '测试邮件.bat'], ['run', '每日巡检.bat'], ['text', 'mail.env'], ['text', '使用说明.txt']];

/** The pictures of docs/install-windows.md, by file name. */
export const windowsPictures = {
  'windows-folder': page(820, win('督办', `<div class="in"><div class="field">此电脑 › 本地磁盘 (D:) › 督办</div><div class="row" style="flex-wrap:wrap;margin-top:8px">${FILES.map(([icon, name]) => file(icon, name, name === '启动.bat')).join('')}</div><div class="tip">先双击 启动.bat</div></div>`)),
  'windows-drag': page(820, `<div class="row"><div class="grow">${win('督办', `<div class="in row">${file('run', '启动.bat', true)}${file('run', '测试邮件.bat')}${file('run', '每日巡检.bat')}</div>`)}</div><div style="align-self:center;font-size:40px" class="tip">←</div><div style="width:220px">${win('桌面', `<div class="in">${file('book', '督办台账.xlsx')}</div>`)}</div></div><div class="tip" style="margin-top:8px">按住 督办台账.xlsx,拖到 启动.bat 上松开</div>`),
  'windows-test-mail': page(820, win('测试邮件.bat', `<div class="cmd">测试邮件发到哪个邮箱?(输入地址后按回车)duban@example.cn
测试邮件没有发出:邮件服务器拒绝登录,请检查 DUBAN_SMTP_URL 中的账号和授权码:535 authentication failed
怎么办:账号或授权码不对。QQ、163、企业邮箱要用“客户端授权码”,不是登录密码……
请按任意键继续. . .</div>`)),
  'windows-task-create': page(820, win('任务计划程序', `<div class="in row"><div style="width:190px" class="list"><div class="sel">任务计划程序 (本地)</div><div>&nbsp;&nbsp;任务计划程序库</div></div><div class="grow">${win('创建基本任务向导', `<div class="in"><div class="row"><div style="width:150px" class="list"><div class="sel">创建基本任务</div><div>触发器</div><div>操作</div><div>完成</div></div><div class="grow"><div>名称:</div><div class="field hot">督办每日巡检</div><div style="margin-top:6px">描述:</div><div class="field">每天运行 每日巡检.bat</div><div style="margin-top:10px;text-align:right"><span class="btn go">下一步 ›</span></div></div></div></div>`)}</div><div style="width:150px" class="list"><div><b>操作</b></div><div><span class="hot">创建基本任务…</span></div><div>创建任务…</div></div></div>`)),
  'windows-task-action': page(820, win('创建基本任务向导', `<div class="in row"><div style="width:150px" class="list"><div>创建基本任务</div><div>触发器:每天 08:30</div><div class="sel">操作:启动程序</div><div>完成</div></div><div class="grow"><div>程序或脚本:</div><div class="row"><div class="field grow hot">D:\\督办\\每日巡检.bat</div><span class="btn">浏览…</span></div><div style="margin-top:8px">添加参数(可选):</div><div class="field"></div><div style="margin-top:8px">起始于(可选):</div><div class="field"></div><div style="margin-top:10px;text-align:right"><span class="btn">‹ 上一步</span> <span class="btn go">下一步 ›</span></div></div></div>`)),
  'windows-task-settings': page(820, win('督办每日巡检 属性(本地计算机)', `<div class="in"><div class="row"><div class="grow"><span class="tab on">常规</span>${radio('只在用户登录时运行', false)}${radio('不管用户是否登录都要运行', true, true)}</div><div class="grow"><span class="tab on">条件</span>${check('只有在计算机使用交流电源时才启动此任务', false, true)}${check('唤醒计算机运行此任务')}</div><div class="grow"><span class="tab on">设置</span>${check('允许按需运行任务')}${check('如果过了计划开始时间,立即启动任务', true, true)}</div></div><div style="text-align:right;margin-top:8px"><span class="btn go">确定</span> <span class="btn">取消</span></div></div>`)),
};
