import pRetry from 'p-retry';
import { S3mini, S3ServiceError } from 's3mini';
import { ArchiveError } from '../archive-error.ts';
import type { ArchivePlace, Environment } from './place.ts';

const URL_FORM = /^s3:\/\/([^/]+)(?:\/(.*))?$/i;
/** An archive has at most 400 MB; over a slow line that takes minutes. */
const REQUEST_TIMEOUT_MS = 10 * 60_000;
const RETRIES = { retries: 2, minTimeout: 500, factor: 4 };

export function isS3Url(text: string): boolean {
  return /^s3:\/\//i.test(text);
}

/** `s3://bucket/prefix/name` as the place and the name in it. */
export function splitS3Url(url: string): { folder: string; file: string } {
  const at = url.lastIndexOf('/');
  return { folder: url.slice(0, at), file: url.slice(at + 1) };
}

/** What is wrong with an S3 address or missing in the environment, in sentences; empty where a store can be opened. */
export function s3Problems(url: string, env: Environment): string[] {
  const settings = settingsOf(url, env);
  return 'problems' in settings ? settings.problems : [];
}

/** The values of the environment that no log may show. */
export function s3Secrets(env: Environment): string[] {
  return [env['AWS_SECRET_ACCESS_KEY'] ?? ''].filter((text) => text !== '');
}

/**
 * A bucket under a prefix. Account and address come from the environment by the names that every S3 tool reads:
 * AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT_URL_S3. Two that put one name within the same moment both
 * succeed: an archive's name says workbook and minute, so both hold the same.
 */
export function openS3(url: string, env: Environment): ArchivePlace {
  const settings = settingsOf(url, env);
  if ('problems' in settings) throw new ArchiveError('place-settings', settings.problems.join(';'));
  const { bucket, prefix, ...connection } = settings;
  const client = new S3mini({ ...connection, requestAbortTimeout: REQUEST_TIMEOUT_MS });
  const name = `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`;
  const keyOf = (file: string): string => (prefix === '' ? file : `${prefix}/${file}`);
  const asked = <T>(request: () => Promise<T>): Promise<T> => withRetries(name, request);
  const missingBucket = (): ArchiveError => new ArchiveError('place-refused', `没有存储桶 ${bucket}(${connection.endpoint}):请核对桶名和 AWS_ENDPOINT_URL_S3`);
  return {
    name,
    async list(beginning) {
      const from = keyOf('').length;
      const objects = await asked(() => client.listObjects('/', keyOf(beginning)));
      if (objects === null) throw missingBucket();
      return objects.map(({ Key }) => Key.slice(from)).filter((file) => !file.includes('/'));
    },
    async read(file) {
      const bytes = await asked(() => client.getObjectArrayBuffer(keyOf(file)));
      return bytes === null ? null : Buffer.from(bytes);
    },
    async put(file, bytes) {
      if (await asked(() => client.objectExists(keyOf(file))) === true) return false;
      await asked(() => client.putObject(keyOf(file), bytes, 'application/octet-stream'));
      return true;
    },
    async remove(file) {
      await asked(() => client.deleteObject(keyOf(file)));
    },
    pathOf: (file) => `${name}/${file}`,
  };
}

interface S3Settings { readonly bucket: string; readonly prefix: string; readonly endpoint: string; readonly region: string; readonly accessKeyId: string; readonly secretAccessKey: string }

function settingsOf(url: string, env: Environment): S3Settings | { readonly problems: string[] } {
  const [, bucket = '', path = ''] = URL_FORM.exec(url) ?? [];
  const value = (key: string): string => (env[key] ?? '').trim();
  const region = value('AWS_REGION') === '' ? value('AWS_DEFAULT_REGION') : value('AWS_REGION');
  const stated = value('AWS_ENDPOINT_URL_S3') === '' ? value('AWS_ENDPOINT_URL') : value('AWS_ENDPOINT_URL_S3');
  const problems = [
    ...(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) ? [] : [`「${url}」应写作 s3://存储桶/文件夹`]),
    ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].filter((key) => value(key) === '').map((key) => `环境变量 ${key} 没有设置:请设为对象存储的访问密钥`),
    ...(stated === '' && region === '' ? ['环境变量 AWS_ENDPOINT_URL_S3 没有设置:请设为对象存储的地址,如 https://oss-cn-hangzhou.aliyuncs.com(亚马逊 S3 可只设 AWS_REGION)'] : []),
    ...(stated === '' || isHttp(stated) ? [] : ['环境变量 AWS_ENDPOINT_URL_S3 应以 https:// 开头']),
  ];
  if (problems.length > 0) return { problems };
  return {
    bucket, prefix: path.replace(/\/+$/, ''), endpoint: endpointOf(bucket, stated, region), region: region === '' ? 'auto' : region,
    accessKeyId: value('AWS_ACCESS_KEY_ID'), secretAccessKey: value('AWS_SECRET_ACCESS_KEY'),
  };
}

/** With the bucket in the host where the stated address has it there already (some providers allow nothing else), else in the path. */
function endpointOf(bucket: string, stated: string, region: string): string {
  if (stated === '') return `https://${bucket}.s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  const url = new URL(stated);
  return url.hostname.startsWith(`${bucket}.`) ? url.origin : `${url.origin}${url.pathname.replace(/\/+$/, '')}/${bucket}`;
}

function isHttp(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** What a busy store or a torn line refused is asked again; what is left becomes a sentence. */
async function withRetries<T>(place: string, request: () => Promise<T>): Promise<T> {
  try {
    return await pRetry(request, { ...RETRIES, shouldRetry: ({ error }) => !(error instanceof S3ServiceError) || error.status >= 500 || error.status === 429 });
  } catch (error) {
    throw sentence(place, error);
  }
}

function sentence(place: string, error: unknown): ArchiveError {
  if (!(error instanceof S3ServiceError)) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : error instanceof Error ? error.message : String(error);
    return new ArchiveError('place-unreachable', `连不上对象存储 ${place}(${cause}):请核对 AWS_ENDPOINT_URL_S3 和网络`, { cause: error });
  }
  const answer = `${error.status} ${error.serviceCode ?? ''}`.trim();
  if (error.status === 403 || error.status === 401) return new ArchiveError('place-refused', `对象存储 ${place} 拒绝了访问(${answer}):请核对 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY、AWS_REGION 和这把密钥对存储桶的权限`, { cause: error });
  if (error.status === 404) return new ArchiveError('place-refused', `对象存储没有 ${place}(${answer}):请核对桶名和 AWS_ENDPOINT_URL_S3`, { cause: error });
  return new ArchiveError('place-unreachable', `对象存储 ${place} 没有办成(${answer}):请稍后再试,仍不行请问存储的管理员`, { cause: error });
}
