import * as z from 'zod';
import type { ChainHead } from '#core';
import { jsonIn } from '../workbook/memory/durable-file.ts';

export const MANIFEST_NAME = 'manifest.json';
export const DELIVERIES_NAME = '投递记录.jsonl';
const WORKBOOK_FOLDER = '工作簿/';
/** Where the parts of a folder of an archive lie, relative to the workbook's folder. */
export const FOLDERS: Readonly<Record<string, string>> = { '附件/': '', '报告/': 'reports/' };

export interface ArchivePart {
  /** Its name in the zip. */
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What was named but not taken, and why. */
export interface LeftOut {
  readonly what: string;
  readonly why: string;
}

/** What an archive says of itself. */
export interface Manifest {
  readonly programVersion: string;
  /** `2026-03-16 09:00`, Asia/Shanghai. */
  readonly madeAt: string;
  /** `id` is null where the workbook carries none; `place` is where it lay. */
  readonly workbook: { readonly name: string; readonly id: string | null; readonly place: string; readonly modifiedMs: number };
  readonly policy: string;
  /** By sheet name. */
  readonly rows: Readonly<Record<string, number>>;
  readonly chain: ChainHead;
  readonly parts: readonly ArchivePart[];
  readonly leftOut: readonly LeftOut[];
}

const FORMAT = 1;
/** In Chinese, since an office that opens the zip without this program should understand it. */
const FILE = z.object({
  说明: z.string(),
  格式: z.literal(FORMAT),
  程序版本: z.string(),
  备份时间: z.string(),
  工作簿: z.object({ 文件名: z.string().regex(/^[^/\\]+$/), 编号: z.string().nullable(), 原处: z.string(), 修改时间毫秒: z.number() }),
  制度: z.string(),
  各表行数: z.record(z.string(), z.number()),
  流转记录: z.object({ 末号: z.number(), 链首: z.string() }),
  部件: z.array(z.object({ 名称: z.string(), 字节: z.number(), sha256: z.string() })),
  未收入: z.array(z.object({ 内容: z.string(), 原因: z.string() })),
});

/** The name of the workbook's own part. */
export function workbookPart({ workbook }: Pick<Manifest, 'workbook'>): string {
  return `${WORKBOOK_FOLDER}${workbook.name}`;
}

export function manifestText(manifest: Manifest): string {
  const { workbook } = manifest;
  const file: z.infer<typeof FILE> = {
    说明: '督办工作簿的备份。核对:duban verify 本文件;恢复:duban restore 本文件 --to 新文件.xlsx。没有程序时,解压后「工作簿」里就是原文件',
    格式: FORMAT, 程序版本: manifest.programVersion, 备份时间: manifest.madeAt,
    工作簿: { 文件名: workbook.name, 编号: workbook.id, 原处: workbook.place, 修改时间毫秒: workbook.modifiedMs },
    制度: manifest.policy, 各表行数: { ...manifest.rows },
    流转记录: { 末号: manifest.chain.seq, 链首: manifest.chain.chain },
    部件: manifest.parts.map(({ name, bytes, sha256 }) => ({ 名称: name, 字节: bytes, sha256 })),
    未收入: manifest.leftOut.map(({ what, why }) => ({ 内容: what, 原因: why })),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Null where the text is no manifest of this format. */
export function readManifest(text: string): Manifest | null {
  const parsed = FILE.safeParse(jsonIn(text));
  if (!parsed.success) return null;
  const { 工作簿: workbook, 流转记录: chain, ...file } = parsed.data;
  return {
    programVersion: file.程序版本, madeAt: file.备份时间,
    workbook: { name: workbook.文件名, id: workbook.编号, place: workbook.原处, modifiedMs: workbook.修改时间毫秒 },
    policy: file.制度, rows: file.各表行数, chain: { seq: chain.末号, chain: chain.链首 },
    parts: file.部件.map((part) => ({ name: part.名称, bytes: part.字节, sha256: part.sha256 })),
    leftOut: file.未收入.map((left) => ({ what: left.内容, why: left.原因 })),
  };
}
