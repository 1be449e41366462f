import { groupProblems, type ServeConfig } from '../config/config.ts';
import { robotProblems, robotsOf } from '../config/robot-settings.ts';
import { bad, ok, type Finding } from './finding.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether the groups' robots have an address and a secret, and their servers are reached. Nothing is sent to a group. */
export async function checkRobots(config: ServeConfig, env: Environment): Promise<Finding[]> {
  const findings: Finding[] = groupProblems(config, env).map(({ path, message }) => bad('群机器人', `${path}:${message}`, '在群设置里添加自定义机器人,把地址和密钥写进环境变量,做法见 docs/robots.md'));
  for (const { path, robots } of config.workbooks) {
    for (const robot of robotsOf(robots.filter((one) => robotProblems('', [one], env).length === 0), env)) {
      const result = await robot.check();
      const subject = `群机器人 ${robot.group.name}`;
      findings.push(result.ok ? ok(subject, `地址写法正确,服务器可以连接(${path})`) : bad(subject, result.message, '请检查网络;要经代理上网的,请设环境变量 HTTPS_PROXY'));
    }
  }
  return findings;
}
