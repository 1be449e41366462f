import { type Cell } from '#core';
import { addDays, type Day } from '../fortnight/days.ts';
import { headOf, newMatter, OFFICE, UNITS, type Dice, type Matter } from '../fortnight/office.ts';
import type { MemoryWorkbook } from '../support/memory-workbook.ts';

type Cells = Readonly<Record<string, Cell>>;

/** An empty tax office: four sections with head and handler, the supervising office, the leader. */
export function openOffice(memory: MemoryWorkbook): void {
  memory.add('parameters', { key: 'policy', value: 'tax' });
  for (const unit of UNITS) memory.add('units', { name: unit, type: '科室', head: headOf(unit), active: '是' });
  const person = (name: string, unit: string, roles: string, mailbox: string): void => void memory.add('people', { name, unit, roles, email: `${mailbox}@example.com`, active: '是' });
  person(OFFICE, '办公室', '督办专员、督办管理员', 'duban');
  person('分管局领导', '', '局领导', 'leader');
  UNITS.forEach((unit, index) => {
    person(headOf(unit), unit, '单位负责人', `head${String(index)}`);
    person(`${unit}经办`, unit, '承办人', `desk${String(index)}`);
  });
}

/** What the people of the office do in the table, whether the program runs or not. */
export class People {
  readonly matters: Matter[] = [];
  readonly signed = new Map<string, string>();
  private readonly memory: MemoryWorkbook;
  private readonly dice: Dice;

  constructor(memory: MemoryWorkbook, dice: Dice) {
    this.memory = memory;
    this.dice = dice;
  }

  /** Pastes what was going on already, or registers what came in today. */
  register(count: number, today: Day, time: string, old: boolean): void {
    for (let index = 0; index < count; index += 1) {
      const matter = newMatter(this.matters.length + 1, today, old, this.dice);
      this.matters.push(matter);
      const issued = `${matter.issued} ${time}`;
      this.memory.add('items', {
        title: matter.title, leadUnit: matter.unit, handler: matter.handler, status: '办理中', deadlineSet: matter.limit, category: '局会议决定', form: '一般', issuedAt: issued, signedAt: issued,
      });
    }
  }

  morning(today: Day): void {
    const at = `${today} 09:05`;
    const standing = new Map(this.memory.shown('baseline').map((row) => [row['事项编号'], row['生效状态']]));
    for (const matter of this.matters) {
      // Nobody goes on from a step that the program has not seen: two steps at once are refused, with a hint, for people to put right.
      if (matter.step !== '办理中' && standing.get(this.idOf(matter)) !== matter.step) continue;
      if (isOpen(matter) && matter.handsInOn !== null && matter.handsInOn <= today) this.handIn(matter, today, at);
      else if (matter.step === '待审核' && matter.submitted! < today) this.review(matter);
      else if (matter.step === '分管领导审核' && matter.submitted! < addDays(today, -1)) this.sign(matter);
      else if (isOpen(matter) && matter.limit >= today && this.dice(40) === 0) this.inspect(matter, today);
      else if (isOpen(matter) && matter.extension === null && matter.limit >= today && matter.limit <= addDays(today, 5) && this.dice(30) === 0) this.ask(matter, today, at);
    }
  }

  afternoon(today: Day): void {
    this.signLetters(`${today} 15:05`);
    for (const matter of this.matters) {
      if (matter.extension === null || matter.extension.approved) continue;
      Object.assign(matter, { limit: matter.extension.to, extension: { ...matter.extension, approved: true } });
      const row = this.rowOf('requests', 'itemId', this.idOf(matter));
      this.write('requests', row, { approver1: '分管局领导', decision1: '同意', decidedAt1: `${today} 15:05`, grantedLimit: matter.limit });
    }
  }

  /** 事项编号 of a matter, as its row shows it. */
  idOf(matter: Readonly<Matter>): string {
    const { keys } = this.memory.sheets.get('items')!;
    return textOf(this.rowOf('items', 'title', matter.title)[keys.indexOf('itemId')]);
  }

  private signLetters(at: string): void {
    const { keys, rows } = this.memory.sheets.get('notices')!;
    for (const { cells } of rows) {
      if (cells[keys.indexOf('status')] !== '待签') continue;
      cells[keys.indexOf('status')] = '待发';
      cells[keys.indexOf('signer')] = '分管局领导';
      this.signed.set(textOf(cells[keys.indexOf('noticeId')]), at);
    }
  }

  private handIn(matter: Matter, today: Day, at: string): void {
    Object.assign(matter, { submitted: today, step: '待审核' });
    this.memory.add('feedback', { itemId: this.idOf(matter), at, by: matter.handler, type: '结果', progress: '已办完', headReviewed: '是', headReviewedAt: at });
    this.change(matter, { result: '已办完,材料附后', submittedAt: at, status: '待审核' });
  }

  private review(matter: Matter): void {
    matter.step = '分管领导审核';
    this.change(matter, { evaluation: '符合要求', status: '分管领导审核' });
  }

  private sign(matter: Matter): void {
    matter.step = '已办结';
    this.change(matter, { status: '已办结' });
  }

  private inspect(matter: Matter, today: Day): void {
    matter.inspected = true;
    this.memory.add('inspections', { date: today, unit: matter.unit, itemId: this.idOf(matter), form: '抽查', method: '电话', inspector: OFFICE, facts: '正在办理' });
  }

  private ask(matter: Matter, today: Day, at: string): void {
    matter.extension = { asked: today, to: addDays(matter.limit, 4), approved: false };
    this.memory.add('requests', { itemId: this.idOf(matter), type: '延期', applicant: matter.handler, appliedAt: at, reason: '等待外单位材料', requestedLimit: matter.extension.to });
  }

  private change(matter: Matter, cells: Cells): void {
    this.write('items', this.rowOf('items', 'title', matter.title), cells);
  }

  private write(sheet: 'items' | 'requests', row: Cell[], cells: Cells): void {
    const { keys } = this.memory.sheets.get(sheet)!;
    for (const [column, value] of Object.entries(cells)) row[keys.indexOf(column)] = value;
  }

  private rowOf(sheet: 'items' | 'requests', column: string, value: string): Cell[] {
    const { keys, rows } = this.memory.sheets.get(sheet)!;
    return rows.find(({ cells }) => cells[keys.indexOf(column)] === value)!.cells;
  }
}

function textOf(cell: Cell | undefined): string {
  return typeof cell === 'string' ? cell : '';
}

/** Whoever has not been seen by the program has no number yet: nobody writes about it elsewhere. */
function isOpen(matter: Matter): boolean {
  return matter.firstSeen !== null && matter.submitted === null;
}
