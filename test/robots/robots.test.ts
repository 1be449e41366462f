import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signDingTalk } from '../../sync-service/notify/robots/dingtalk.ts';
import { signFeishu } from '../../sync-service/notify/robots/feishu.ts';
import { openRobot, robotProblem, ROBOT_KINDS, type RobotKindName } from '../../sync-service/notify/robots/open-robot.ts';
import { parseConfig } from '../../sync-service/config/config.ts';
import { robotProblems } from '../../sync-service/config/robot-settings.ts';
import { ADDRESSES, RobotDouble } from './robot-double.ts';

const KINDS = Object.keys(ROBOT_KINDS) as RobotKindName[];
const NEWS = { subject: '督办动态 3月2日', body: '## 督办提醒:逾期 1 件,临近到期 1 件\n【红】DB-1 甲事(办公室) 逾期 3 天\n【黄】DB-2 乙事 今天到期\n\n另有保密事项(只列编号):DB-3' };
const double = new RobotDouble();
let origin = '';
beforeAll(async () => { origin = await double.listen(); });
afterAll(() => double.close());
const open = (kind: RobotKindName, more: { secret?: string } = {}) => openRobot({ name: '督办群', kind, ...ADDRESSES[kind], ...more, origin });

describe('signatures', () => {
  // Made with Python's hmac, the first with openssl as well.
  it.each([[1_767_225_600_000, 'SECtestvector0001', 'wecveiRblXhkLXaeynWtTQp0B/RRXjfsBUUQXVb/wuo='], [1_588_888_888_888, 'this is secret', 'E6oGe/SY5kpjtC2eIp3QrpSlTPzYh2XYFMLFcPCSB6I=']])('DingTalk at %i', (now, secret, sign) => {
    expect(signDingTalk(secret, now)).toBe(sign);
  });
  it.each([[1_767_225_600, 'feishu-secret-1', 'T9u30jjagwCNMmbckZGQyQXYXHUsQy8DgX6ldK2tpfo='], [1_599_360_473, 'demo', 'l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=']])('Feishu at %i', (seconds, secret, sign) => {
    expect(signFeishu(secret, seconds)).toBe(sign);
  });
});

describe('an address', () => {
  it.each(KINDS)('of a %s robot is taken, and only of that kind', (kind) => {
    expect(robotProblem({ kind, ...ADDRESSES[kind] })).toBeNull();
    for (const other of KINDS) if (other !== kind) expect(robotProblem({ kind, webhook: ADDRESSES[other].webhook, secret: 's' })).toContain(ROBOT_KINDS[kind].channel);
  });
  it.each([
    'http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123456789', 'https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=0123456789', 'https://u@127.0.0.1/cgi-bin/webhook/send?key=0123456789',
    'https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key=0123456789', 'https://qyapi.weixin.qq.com/cgi-bin/other?key=0123456789', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a%2F..%2Fb12345', 'file:///etc/passwd', '0123456789', '',
  ])('that leads elsewhere is refused and not repeated: %s', (webhook) => {
    const problem = robotProblem({ kind: 'wecom', webhook, secret: '' })!;
    expect(problem).toContain('应写作 https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…');
    expect(webhook === '' || !problem.includes(webhook)).toBe(true);
    expect(() => openRobot({ name: '群', kind: 'wecom', webhook, secret: '' })).toThrow(TypeError);
  });
});

describe('a message', () => {
  it.each(KINDS)('reaches the group of a %s robot whole', async (kind) => {
    expect(await open(kind).send(NEWS)).toEqual({ ok: true });
    const { text } = double.told.at(-1)!;
    expect(double.told.at(-1)!.kind).toBe(kind);
    for (const part of ['督办动态 3月2日', '督办提醒:逾期 1 件,临近到期 1 件', '【红】DB-1 甲事(办公室) 逾期 3 天', '【黄】DB-2 乙事 今天到期', '另有保密事项(只列编号):DB-3']) expect(text).toContain(part);
  });

  const answers: [name: string, kind: RobotKindName, status: number, body: unknown, reason: 'settings' | 'content' | 'later'][] = [
    ['WeCom: no such robot', 'wecom', 200, { errcode: 93000, errmsg: 'invalid webhook url' }, 'settings'], ['WeCom: too fast', 'wecom', 200, { errcode: 45009, errmsg: 'api freq out of limit' }, 'later'], ['WeCom: too long', 'wecom', 200, { errcode: 45002, errmsg: 'content size out of limit' }, 'content'],
    ['DingTalk: signature', 'dingtalk', 200, { errcode: 310000, errmsg: 'sign not match' }, 'settings'], ['DingTalk: too fast', 'dingtalk', 200, { errcode: 130101, errmsg: 'send too fast' }, 'later'], ['DingTalk: forbidden words', 'dingtalk', 200, { errcode: 430104, errmsg: 'content not allowed' }, 'content'],
    ['Feishu: signature', 'feishu', 200, { code: 19021, msg: 'sign match fail' }, 'settings'], ['Feishu: too fast', 'feishu', 200, { code: 11232, msg: 'frequency limited' }, 'later'], ['Feishu: unreadable', 'feishu', 400, { code: 9499, msg: 'Bad Request' }, 'content'],
    ['a gateway\'s page', 'wecom', 502, '<html>bad gateway</html>', 'later'], ['an answer that says nothing', 'dingtalk', 200, {}, 'later'], ['a redirect', 'wecom', 302, '', 'later'],
  ];
  it.each(answers)('%s', async (_, kind, status, body, reason) => {
    double.answers.push({ status, body });
    expect(await open(kind).send(NEWS)).toMatchObject({ ok: false, reason });
  });

  it('that fails tells neither address nor secret', async () => {
    const { webhook, secret } = ADDRESSES.dingtalk;
    const token = new URL(webhook).searchParams.get('access_token')!;
    double.answers.push({ status: 200, body: { errcode: 300001, errmsg: `token ${token} is not exist ${secret}` } });
    const told = JSON.stringify(await open('dingtalk').send(NEWS));
    expect(told).toContain('请在群里核对机器人');
    expect([told.includes(token), told.includes(secret)]).toEqual([false, false]);
    expect(await openRobot({ name: '群', kind: 'dingtalk', ...ADDRESSES.dingtalk, origin: 'http://127.0.0.1:1' }).send(NEWS)).toMatchObject({ reason: 'later', message: '连不上钉钉群的服务器(ECONNREFUSED)' });
    expect(await open('feishu', { secret: 'wrong' }).send(NEWS)).toMatchObject({ reason: 'settings' });
  });
});

describe('robots in duban.yaml', () => {
  const config = (robots: string) => parseConfig(`workbooks: [{ path: a.xlsx, robots: [${robots}] }]`, '/office');
  it('name their variables', () => {
    const result = config('{ name: 督办群, kind: dingtalk, webhook: "${DING_URL}", secret: "${DING_SECRET}" }, { name: 领导群, kind: wecom, webhook: "${WECOM_URL}" }');
    expect(result.ok && result.config.workbooks[0]!.robots).toEqual([{ name: '督办群', kind: 'dingtalk', webhookVariable: 'DING_URL', secretVariable: 'DING_SECRET' }, { name: '领导群', kind: 'wecom', webhookVariable: 'WECOM_URL', secretVariable: null }]);
    if (!result.ok) return;
    const { robots } = result.config.workbooks[0]!;
    expect(robotProblems('workbooks[0]', robots, { DING_URL: 'https://example.com/hook?t=geheim', DING_SECRET: 'x' }).map(({ path, message }) => `${path}:${message}`)).toEqual([
      'workbooks[0].robots[0]:「督办群」不是钉钉群机器人的地址:应写作 https://oapi.dingtalk.com/robot/send?access_token=…', 'workbooks[0].robots[1]:「领导群」环境变量 WECOM_URL 没有设置',
    ]);
  });
  it.each([
    ['an address in the file', '{ name: 群, kind: wecom, webhook: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=geheim123" }', /robots\[0\]\.webhook:.*不能写在配置文件里/],
    ['no secret where it signs', '{ name: 群, kind: feishu, webhook: "${A}" }', /robots\[0\]\.secret:飞书群的机器人要签名/],
    ['a secret where it does not', '{ name: 群, kind: wecom, webhook: "${A}", secret: "${B}" }', /robots\[0\]\.secret:企业微信群的机器人没有签名密钥/],
    ['an unknown kind', '{ name: 群, kind: qq, webhook: "${A}" }', /robots\[0\]\.kind:应为 wecom、dingtalk、feishu 之一/],
    ['two groups of one name', '{ name: 群, kind: wecom, webhook: "${A}" }, { name: 群, kind: wecom, webhook: "${B}" }', /robots:两个群不能同名/],
    ['a name with a stroke', '{ name: 一/二, kind: wecom, webhook: "${A}" }', /robots\[0\]\.name:应为群的名称/],
  ])('%s', (_, robots, expected) => {
    const result = config(robots);
    expect(result.ok ? '' : result.problems.map(({ path, message }) => `${path}:${message}`).join('\n')).toMatch(expected);
    expect(JSON.stringify(result)).not.toContain('geheim123');
  });
});
