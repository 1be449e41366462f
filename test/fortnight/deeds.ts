import { addDays, type Day } from './days.ts';
import { newMatter, OFFICE, type Dice, type Matter } from './office.ts';
import type { Deed } from './story.ts';

/** One thing that hands do at the workbook (`hands.py`). */
export type Move = { readonly move: string } & Readonly<Record<string, unknown>>;

/** What a deed may look at and change: the matters as people know them, and what the table shows just now. */
export interface Desk {
  readonly matters: Matter[];
  readonly total: number;
  readonly today: Day;
  /** `08:30` or `15:00`. */
  readonly time: string;
  readonly dice: Dice;
  /** 事项编号 by 督办事项. */
  readonly ids: ReadonlyMap<string, string>;
  /** The matters that an accident befell, by the deed's name, until it is undone. */
  readonly befallen: Map<string, Matter[]>;
  /** Who came in the place of whom. */
  readonly successors: Map<string, string>;
  /** The cells of a row as the table shows them now. */
  row(title: string): Readonly<Record<string, string | number>>;
}

export interface Done { readonly moves: readonly Move[]; readonly about: readonly Matter[] }

const of = (about: readonly Matter[], moves: readonly Move[]): Done => ({ about, moves });
const set = (matter: Matter, cells: Readonly<Record<string, unknown>>): Move => ({ move: 'set', row: matter.title, cells });
const isOpen = (matter: Matter): boolean => matter.present && matter.firstSeen !== null && matter.submitted === null;

/** So many open matters that nobody meddles with yet, drawn by dice; of one unit where the deed is by its handler. */
function draw(desk: Desk, deed: Deed, fits: (matter: Matter) => boolean = () => true): Matter[] {
  const taken = new Set([...desk.befallen.values()].flat());
  const pool = desk.matters.filter((matter) => isOpen(matter) && !taken.has(matter) && (matter.handler === deed.谁 || !deed.谁.endsWith('经办')) && fits(matter));
  const drawn: Matter[] = [];
  while (drawn.length < (deed.件 ?? 1) && pool.length > 0) drawn.push(...pool.splice(desk.dice(pool.length), 1));
  return drawn;
}

function befall(desk: Desk, deed: Deed, fits?: (matter: Matter) => boolean): Matter {
  const [matter] = draw(desk, deed, fits);
  if (matter === undefined) throw new Error(`nothing left for ${deed.谁} to do: ${deed.做}`);
  desk.befallen.set(deed.做, [matter]);
  return matter;
}

function undo(desk: Desk, deed: string): Matter {
  const matter = desk.befallen.get(deed)?.[0];
  if (matter === undefined) throw new Error(`${deed} was not done before`);
  desk.befallen.delete(deed);
  return matter;
}

function register(desk: Desk, deed: Deed, old: boolean): Done {
  const count = Math.round((desk.total * (deed.份 ?? 0)) / 100);
  const added = Array.from({ length: count }, (_, index) => newMatter(desk.matters.length + 1 + index, desk.today, old, desk.dice));
  for (const matter of added) matter.handler = desk.successors.get(matter.handler) ?? matter.handler;
  desk.matters.push(...added);
  return of(added, [{
    move: 'add', rows: added.map((matter) => ({
      督办事项: matter.title, 牵头单位: matter.unit, 承办人: matter.handler, 状态: '办理中', 要求时限: matter.limit, 事项类别: '局会议决定', 督办形式: '一般',
      下发时间: `${matter.issued} ${desk.time}`, 签收时间: `${matter.issued} ${desk.time}`,
    })),
  }]);
}

/** Every deed of `fortnight.yaml` by its name. */
export const DEEDS: Readonly<Record<string, (desk: Desk, deed: Deed) => Done>> = {
  粘贴旧台账: (desk, deed) => register(desk, deed, true),
  登记新事项: (desk, deed) => register(desk, deed, false),

  写进展(desk, deed) {
    const drawn = draw(desk, deed);
    return of(drawn, drawn.map((matter) => set(matter, { 进展情况: `${desk.today} ${desk.time} 已开展 ${String(desk.dice(90) + 5)}%` })));
  },
  上报办理结果(desk) {
    const handedIn = desk.matters.filter((matter) => isOpen(matter) && ![...desk.befallen.values()].flat().includes(matter) && matter.handsInOn !== null && matter.handsInOn <= desk.today);
    const at = `${desk.today} ${desk.time}`;
    for (const matter of handedIn) Object.assign(matter, { submitted: desk.today, step: '待审核' });
    return of(handedIn, handedIn.length === 0 ? [] : [
      { move: 'add', sheet: '进展反馈', rows: handedIn.map((matter) => ({ 事项编号: desk.ids.get(matter.title), 反馈时间: at, 反馈人: matter.handler, 类型: '结果', 进展情况: '已办完', 负责人审阅: '是', 负责人审阅时间: at })) },
      ...handedIn.map((matter) => set(matter, { 办理结果: '已办完,材料附后', 上报办结时间: at, 状态: '待审核' })),
    ]);
  },
  审核(desk) {
    const reviewed = desk.matters.filter((matter) => matter.step === '待审核' && matter.submitted !== null && matter.submitted < desk.today);
    return of(reviewed, reviewed.map((matter) => {
      Object.assign(matter, { step: '分管领导审核', reviewed: desk.today });
      matter.defects = desk.dice(6) === 0 ? 2 : 0;
      return set(matter, { 验证评价: '符合要求', 状态: '分管领导审核', ...(matter.defects === 0 ? {} : { 不符合处数: matter.defects }) });
    }));
  },
  签批办结(desk) {
    const signed = desk.matters.filter((matter) => matter.step === '分管领导审核' && matter.reviewed! < desk.today);
    return of(signed, signed.map((matter) => {
      matter.step = '已办结';
      return set(matter, { 状态: '已办结' });
    }));
  },
  督导并登记(desk, deed) {
    const drawn = draw(desk, deed, (matter) => matter.limit >= desk.today);
    for (const matter of drawn) matter.inspected = true;
    return of(drawn, [{ move: 'add', sheet: '督查记录', rows: drawn.map((matter) => ({ 日期: desk.today, 单位: matter.unit, 事项编号: desk.ids.get(matter.title), 形式: '抽查', 方式: '电话', 督查人: OFFICE, 事实: '正在办理' })) }]);
  },
  申请延期(desk, deed) {
    const drawn = draw(desk, deed, (matter) => matter.extension === null && matter.limit >= desk.today && matter.limit <= addDays(desk.today, 12));
    return of(drawn, [{
      move: 'add', sheet: '申请审批', rows: drawn.map((matter) => {
        matter.extension = { asked: desk.today, to: addDays(matter.limit, 4), approved: false };
        return { 事项编号: desk.ids.get(matter.title), 类型: '延期', 申请人: matter.handler, 申请时间: `${desk.today} ${desk.time}`, 原因: '等待外单位材料', 申请时限: matter.extension.to };
      }),
    }]);
  },
  批准延期(desk, deed) {
    const asked = desk.matters.filter((matter) => matter.extension !== null && !matter.extension.approved);
    return of(asked, asked.map((matter) => {
      Object.assign(matter, { limit: matter.extension!.to, extension: { ...matter.extension, approved: true } });
      return { move: 'set', sheet: '申请审批', key: '事项编号', row: desk.ids.get(matter.title), cells: { 一级审批人: deed.谁, 一级结论: '同意', 一级时间: `${desk.today} ${desk.time}`, 批准时限: matter.limit } };
    }));
  },
  请假: (_, deed) => of([], [{ move: 'set', sheet: '人员', key: '姓名', row: deed.谁, cells: { 代理人: deed.交给, 代理起: deed.从, 代理止: deed.到 } }]),

  登记离任(desk, deed) {
    const [gone, successor] = [deed.离任人!, deed.交给!];
    desk.successors.set(gone, successor);
    for (const matter of desk.matters) if (matter.handler === gone && matter.step !== '已办结') Object.assign(matter, { handler: successor, formerHandler: gone });
    return of([], [
      { move: 'add', sheet: '人员', rows: [{ 姓名: successor, 单位: gone.slice(0, -2), 角色: '承办人', 邮箱: 'successor@example.com', 启用: '是' }] },
      { move: 'set', sheet: '人员', key: '姓名', row: gone, cells: { 离任日期: deed.从, 接任人: successor } },
    ]);
  },
  批量移交(desk, deed) {
    const handed = desk.matters.filter((matter) => matter.formerHandler === deed.离任人 && matter.present);
    return of([], handed.map((matter) => set(matter, { 承办人: deed.交给 })));
  },

  按牵头单位排序: () => of([], [{ move: 'sort', by: '牵头单位' }]),
  按要求时限排序: () => of([], [{ move: 'sort', by: '要求时限' }]),
  在表头上面加标题行: () => of([], [{ move: 'title-row', text: '县税务局2026年督办台账' }]),
  合并备注: (_, deed) => of([], [{ move: 'merge', header: '备注', rows: deed.件, value: '同一会议议定' }]),
  取消合并: () => of([], [{ move: 'unmerge' }]),

  往下填充现行时限: (desk, deed) => of([], [{ move: 'fill-down', header: '现行时限', row: draw(desk, { ...deed, 件: 1 })[0]!.title, rows: deed.件 }]),
  复制一行不改编号(desk, deed) {
    const matter = befall(desk, deed);
    return of([matter], [{ move: 'duplicate', row: matter.title }]);
  },
  删去复制的行(desk) {
    const matter = undo(desk, '复制一行不改编号');
    return of([matter], [{ move: 'delete', row: matter.title }]);
  },
  // Not issued yet, it has no duties: it is nobody's matter in the recount.
  新事项的时限写成九月底前: (_, deed) => of([], [{ move: 'add', rows: [{ 督办事项: '时限没写清的事项', 牵头单位: '纳服科', 承办人: deed.谁, 要求时限: '9月底前', 事项类别: '局会议决定', 督办形式: '一般' }] }]),
  把时限写成九月三十日: () => of([], [{ move: 'set', row: '时限没写清的事项', cells: { 要求时限: '2026-09-30' } }]),
  误删一行(desk, deed) {
    const matter = befall(desk, deed);
    matter.present = false;
    return of([matter], [{ move: 'delete', row: matter.title }]);
  },
  贴回误删的行(desk) {
    const matter = undo(desk, '误删一行');
    matter.present = true;
    return of([matter], [{ move: 'add', rows: [desk.row(matter.title)] }]);
  },
  办理中直接改为已归档(desk, deed) {
    const matter = befall(desk, deed);
    return of([matter], [set(matter, { 状态: '已归档' })]);
  },
  把状态改回办理中(desk) {
    const matter = undo(desk, '办理中直接改为已归档');
    return of([matter], [set(matter, { 状态: '办理中' })]);
  },
  下发后改要求时限(desk, deed) {
    const matter = befall(desk, deed, ({ extension }) => extension === null);
    return of([matter], [set(matter, { 要求时限: addDays(matter.limit, 10) })]);
  },
  把要求时限改回来(desk) {
    const matter = undo(desk, '下发后改要求时限');
    return of([matter], [set(matter, { 要求时限: matter.limit })]);
  },
};
