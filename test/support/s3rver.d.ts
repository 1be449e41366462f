declare module 's3rver' {
  import type { AddressInfo } from 'node:net';

  /** A real S3 server over a folder; only what the tests call. */
  export default class S3rver {
    constructor(options: { port: number; address: string; silent: boolean; directory: string; configureBuckets: { name: string; configs: string[] }[] });
    run(): Promise<AddressInfo>;
    close(): Promise<void>;
  }
}
