import type { FailureReason } from './transport.ts';

/** What to do about each way in which a mail can fail, for people who look after no servers. */
const REMEDIES: Readonly<Record<FailureReason, string>> = {
  login: '账号或授权码不对。QQ、163、企业邮箱要用“客户端授权码”,不是登录密码:请在邮箱网页的“设置→账户→POP3/SMTP 服务”开启 SMTP 并生成授权码,再改 DUBAN_SMTP_URL;授权码里的 @ : / % 要写成 %40 %3A %2F %25',
  tls: '加密方式与端口不配,或服务器的证书不被信任。465 端口请用 smtps://,25 或 587 端口请用 smtp://;单位自建服务器用自签证书的,请网络管理员换成受信任的证书,或把单位的根证书放进环境变量 NODE_EXTRA_CA_CERTS',
  dns: '找不到这台服务器:请核对 DUBAN_SMTP_URL 里的服务器名有没有写错,再看电脑能不能上网',
  unreachable: '服务器拒绝连接或网络不通:请核对端口(常用 465、587、25),再请网络管理员查看防火墙或杀毒软件是否拦住了发信',
  timeout: '服务器没有应答:多半是端口不对(加密的 465 端口要用 smtps://)或被防火墙拦住,请换 465 或 587 端口再试',
  sender: '服务器不许用这个发件人:请把 DUBAN_MAIL_FROM 改成与登录账号相同的地址,如 督办办公室 <账号@单位.cn>',
  recipient: '收件地址不被接受:请核对「人员」表里的邮箱有没有写错、是否已停用;只许内部收发的邮箱,请换成单位内的地址',
  content: '服务器退回了这封信,多半当作垃圾邮件:请网络管理员把发件人加入白名单',
  busy: '服务器要求稍后再试,多半是发得太多太快:过十几分钟再试;经常如此的,请向邮箱服务商提高发信限额',
  address: '地址写得不对或没有收件人:请在「人员」表更正邮箱',
  other: '请把上面的原话告诉邮箱服务商或网络管理员',
};

export function remedyOf(reason: FailureReason): string {
  return REMEDIES[reason];
}
