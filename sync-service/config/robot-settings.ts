import * as z from 'zod';
import { environmentReference } from './environment-reference.ts';
import { openRobot, robotProblem, ROBOT_KINDS, type RobotKindName } from '../notify/robots/open-robot.ts';
import type { GroupRobot } from '../notify/robots/robot.ts';

/** A robot as duban.yaml names it; the variables hold its address and its secret. */
export interface RobotSettings {
  readonly name: string;
  readonly kind: RobotKindName;
  readonly webhookVariable: string;
  /** Null for kinds that don't sign. */
  readonly secretVariable: string | null;
}

const REFERENCE = environmentReference('机器人的地址和密钥不能写在配置文件里:请写作 ${变量名},并设同名的环境变量');

/** A robot in duban.yaml. Its name stands in 通知 and in keys. */
export const ROBOT = z.strictObject({
  name: z.string().trim().regex(/^[^/\p{Cc}]{1,20}$/u, { error: '应为群的名称,不超过 20 字,不含“/”' }),
  kind: z.enum(Object.keys(ROBOT_KINDS) as [RobotKindName, ...RobotKindName[]]),
  webhook: REFERENCE,
  secret: REFERENCE.optional(),
}).superRefine(({ kind, secret }, context) => {
  const { needsSecret, channel } = ROBOT_KINDS[kind];
  if (needsSecret && secret === undefined) context.addIssue({ code: 'custom', path: ['secret'], message: `${channel}的机器人要签名:请写 secret: \${变量名}` });
  if (!needsSecret && secret !== undefined) context.addIssue({ code: 'custom', path: ['secret'], message: `${channel}的机器人没有签名密钥:请删去这一行` });
}).transform(({ name, kind, webhook, secret }): RobotSettings => ({ name, kind, webhookVariable: webhook, secretVariable: secret ?? null }));

type Environment = Readonly<Record<string, string | undefined>>;

/** What keeps a workbook's robots from being used in this environment. */
export function robotProblems(path: string, robots: readonly RobotSettings[], env: Environment): { path: string; message: string }[] {
  return robots.flatMap((robot, index) => {
    const unset = [robot.webhookVariable, ...(robot.secretVariable === null ? [] : [robot.secretVariable])].filter((name) => (env[name] ?? '').trim() === '');
    const message = unset.length > 0 ? `环境变量 ${unset.join('、')} 没有设置` : robotProblem(accessOf(robot, env));
    return message === null ? [] : [{ path: `${path}.robots[${index}]`, message: `「${robot.name}」${message}` }];
  });
}

/** The robots of a workbook. Throws a TypeError where robotProblems names a problem. */
export function robotsOf(robots: readonly RobotSettings[], env: Environment): GroupRobot[] {
  return robots.map((robot) => openRobot(accessOf(robot, env)));
}

/** What of the environment must not be seen. */
export function robotSecrets(robots: readonly RobotSettings[], env: Environment): string[] {
  return robots.flatMap(({ webhookVariable, secretVariable }) => [webhookVariable, ...(secretVariable === null ? [] : [secretVariable])].map((name) => (env[name] ?? '').trim()));
}

function accessOf({ name, kind, webhookVariable, secretVariable }: RobotSettings, env: Environment): Parameters<typeof openRobot>[0] {
  return { name, kind, webhook: (env[webhookVariable] ?? '').trim(), secret: secretVariable === null ? '' : (env[secretVariable] ?? '').trim() };
}
