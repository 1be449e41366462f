import { describe, expect, it } from 'vitest';
import { mailEnvironment, missingVariables, oidcProblems, oidcSecrets, parseConfig, storeProblems } from './config.ts';

function problems(text: string): string[] {
  const result = parseConfig(text, '/office');
  return result.ok ? [] : result.problems.map(({ path, message }) => `${path}:${message}`);
}

describe('what is wrong in a duban.yaml is told by path and reason', () => {
  it.each([
    ['an empty file', '', [/^配置文件:缺少这一项/]],
    ['no workbooks', 'port: 8420', [/^workbooks:缺少这一项,应为列表/]],
    ['an empty list of workbooks', 'workbooks: []', [/^workbooks:至少要有一项/]],
    ['a workbook that is no .xlsx', 'workbooks: [{ path: 台账.docx }]', [/^workbooks\[0\]\.path:应为 \.xlsx/]],
    ['a misspelt key', 'workbooks: [{ path: a.xlsx, shedule: "08:30" }]', [/^workbooks\[0\]:不认识 「shedule」/]],
    ['an hour that is none', 'workbooks: [{ path: a.xlsx, schedule: "24:00" }]', [/^workbooks\[0\]\.schedule\[0\]:应写作 08:30/]],
    ['the second time of a list', 'workbooks: [{ path: a.xlsx, schedule: ["08:30", "晚上"] }]', [/^workbooks\[0\]\.schedule\[1\]:应写作 08:30/]],
    ['a cron pattern with a 61st minute', 'workbooks: [{ path: a.xlsx, schedule: "61 * * * *" }]', [/schedule\[0\]:应写作/]],
    ['a cron pattern that never comes', 'workbooks: [{ path: a.xlsx, schedule: "0 0 30 2 *" }]', [/schedule\[0\]:应写作/]],
    ['an unknown policy', 'workbooks: [{ path: a.xlsx, policy: taxes }]', [/^workbooks\[0\]\.policy:应为 .*tax.* 之一,现在是「taxes」/]],
    ['a recipient that is no mailbox', 'workbooks: [{ path: a.xlsx, reportFailuresTo: [张三] }]', [/reportFailuresTo\[0\]:应为一个邮箱地址/]],
    ['one recipient that is no list', 'workbooks: [{ path: a.xlsx, reportFailuresTo: a@b.cn }]', [/reportFailuresTo:应为列表.*现在是「a@b\.cn」/]],
    ['a file named twice', 'workbooks: [{ path: a.xlsx }, { path: ./a.xlsx }]', [/^workbooks\[1\]\.path:与 workbooks\[0\] 是同一份工作簿/]],
    ['two workbooks of one name that share a folder of backups', 'workbooks: [{ path: a/台账.xlsx }, { path: b/台账.xlsx }]\nbackups: { to: 备份 }', [/^workbooks\[1\]\.path:与 workbooks\[0\] 同名/]],
    ['a bucket that two workbooks of one name share', 'workbooks: [{ path: a/台账.xlsx }, { path: b/台账.xlsx }]\nbackups: { to: "s3://office/duban" }', [/^workbooks\[1\]\.path:与 workbooks\[0\] 同名/]],
    ['a recipient that is no public key', 'workbooks: [{ path: a.xlsx }]\nbackups: { recipients: ["AGE-SECRET-KEY-1QQ"] }', [/^backups\.recipients\[0\]:应为 age 公钥/]],
    ['a port that is none', 'workbooks: [{ path: a.xlsx }]\nport: 70000', [/^port:不能大于 65535/]],
    ['text where a number is due', 'workbooks: [{ path: a.xlsx }]\nport: 八千', [/^port:应为数/]],
    ['a console for others without a way to sign in', 'workbooks: [{ path: a.xlsx }]\nconsole: { bind: 0.0.0.0, url: https://duban.example.cn }', [/^console\.bind:监听 127\.0\.0\.1 以外的地址时须能登录/]],
    ['a provider without an address of the console', 'workbooks: [{ path: a.xlsx }]\nconsole: { oidc: { issuer: https://sso.example.cn, clientId: duban, clientSecret: "${X}" } }', [/^console\.oidc:统一登录要知道网址/]],
    ['a provider whose secret stands in the file', 'workbooks: [{ path: a.xlsx }]\nconsole: { url: https://d.example.cn, oidc: { issuer: https://sso.example.cn, clientId: duban, clientSecret: geheim } }', [/^console\.oidc\.clientSecret:密钥不能写在配置文件里/]],
    ['a proxy by its name', 'workbooks: [{ path: a.xlsx }]\nconsole: { trustProxy: [nginx] }', [/^console\.trustProxy\[0\]:应为反向代理的 IP 地址/]],
    ['an address that is none', 'workbooks: [{ path: a.xlsx }]\nconsole: { bind: office, url: duban }', [/^console\.bind:应为本机的一个 IP 地址/, /^console\.url:应为大家打开督办的网址/]],
    ['a webhook without its keys', 'workbooks: [{ path: a.xlsx }]\nfeishu: { events: webhook }', [/^feishu\.encryptKey:用 webhook 收事件必须加密/, /^feishu\.verificationToken:/]],
    ['a webhook that nobody reaches', 'workbooks: [{ path: a.xlsx }]\nfeishu: { events: webhook, encryptKey: "${A}", verificationToken: "${B}" }', [/^feishu\.events:.*请写明 console\.url/]],
    ['a key in the file', 'workbooks: [{ path: a.xlsx }]\nfeishu: { encryptKey: geheim }', [/^feishu\.encryptKey:密钥不能写在配置文件里/]],
    ['broken YAML', 'workbooks:\n  - path: "a.xlsx\n', [/^第 \d+ 行第 \d+ 列:不是有效的 YAML/]],
    ['three mistakes at once', 'workbooks: [{ schedule: "9" }]\nmail: {}\nports: 1', [/workbooks\[0\]\.path:缺少/, /schedule\[0\]/, /mail\.smtp:缺少/, /不认识 「ports」/]],
  ])('%s', (_, text, expected) => {
    const found = problems(text);
    expect(found).toHaveLength(expected.length);
    for (const sentence of expected) expect(found).toContainEqual(expect.stringMatching(sentence));
  });

  it('a provider lets a console listen for others without mail; its secret comes from the environment', () => {
    const result = parseConfig('workbooks: [{ path: a.xlsx }]\nconsole: { bind: 0.0.0.0, url: https://d.example.cn, trustProxy: [10.0.0.2], oidc: { issuer: https://sso.example.cn, clientId: duban, clientSecret: "${OFFICE_SSO}" } }', '/office');
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    expect(result.config.console).toEqual({ bind: '0.0.0.0', url: 'https://d.example.cn', trustProxy: ['10.0.0.2'], oidc: { issuer: 'https://sso.example.cn', clientId: 'duban', secretVariable: 'OFFICE_SSO', claim: 'email' } });
    expect(oidcProblems(result.config, {})).toEqual([{ path: 'console.oidc.clientSecret', message: '环境变量 OFFICE_SSO 没有设置:请设为统一登录分给督办的密钥' }]);
    expect([oidcProblems(result.config, { OFFICE_SSO: 'geheim' }), oidcSecrets(result.config, { OFFICE_SSO: 'geheim' })]).toEqual([[], ['geheim']]);
  });

  it('a password in the file is refused and not repeated', () => {
    const found = problems('workbooks: [{ path: a.xlsx }]\nmail: { smtp: "smtps://u:geheim@mail.example.cn" }');
    expect(found).toEqual([expect.stringMatching(/^mail\.smtp:密码不能写在配置文件里/)]);
    expect(found.join('')).not.toContain('geheim');
  });
});

describe('a duban.yaml that is right', () => {
  const text = 'workbooks:\n  - path: 台账.xlsx\n    schedule: 8:30\n  - path: /共享/b.xlsx\n    policy: tax\nmail:\n  smtp: ${OFFICE_SMTP}\n  from: 督办 <d@example.cn>\n  perMinute: 30\nbackups:\n  to: 备份\n';
  const result = parseConfig(text, '/office');
  if (!result.ok) throw new Error(JSON.stringify(result.problems));

  it('takes paths from its folder, times as patterns and the rest by default', () => {
    expect(result.config).toEqual({
      workbooks: [
        { path: '/office/台账.xlsx', site: '/office/台账.xlsx', schedule: ['30 8 * * *'], policy: null, reportFailuresTo: [], robots: [] },
        { path: '/共享/b.xlsx', site: '/共享/b.xlsx', schedule: ['30 8-18 * * *'], policy: 'tax', reportFailuresTo: [], robots: [] },
      ],
      mail: { smtpVariable: 'OFFICE_SMTP', from: '督办 <d@example.cn>', perMinute: 30 }, port: 8420, console: { bind: '127.0.0.1', url: null, trustProxy: [], oidc: null }, feishu: { messages: false, signIn: false, events: 'long-connection' }, backups: { schedule: ['30 19 * * *'], to: '/office/备份', recipients: [] },
    });
  });

  it('names what an S3 store wants of the environment', () => {
    const stored = parseConfig('workbooks: [{ path: a.xlsx }]\nbackups: { to: "s3://office/duban" }', '/office');
    if (!stored.ok) throw new Error(JSON.stringify(stored.problems));
    expect(storeProblems(stored.config, {}).map(({ path, message }) => `${path}:${message}`)).toEqual(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_ENDPOINT_URL_S3'].map((name) => expect.stringMatching(`backups.to:环境变量 ${name} 没有设置`) as string));
    expect(storeProblems(stored.config, { AWS_ACCESS_KEY_ID: 'k', AWS_SECRET_ACCESS_KEY: 's', AWS_REGION: 'cn-north-1' })).toEqual([]);
  });

  it('names the environment variable that is not set', () => {
    expect(missingVariables(result.config, {})).toEqual([{ path: 'mail.smtp', message: expect.stringContaining('OFFICE_SMTP') as string }]);
    expect(missingVariables(result.config, { OFFICE_SMTP: 'smtp://localhost' })).toEqual([]);
    expect(mailEnvironment(result.config, { OFFICE_SMTP: 'smtp://localhost', DUBAN_SMTP_URL: 'smtp://other' })).toEqual({ DUBAN_SMTP_URL: 'smtp://localhost', DUBAN_MAIL_FROM: '督办 <d@example.cn>', DUBAN_MAIL_PER_MINUTE: '30' });
  });
});
