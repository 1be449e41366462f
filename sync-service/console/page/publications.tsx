import type { JSX } from 'preact';
import type { BulletinsView, NoticesView, NoticeView, RankingsView, ScoresView, ScoreView } from '../../../screens/api-types.ts';
import { useView } from './api.ts';
import { Paper } from './files.tsx';
import { BulletinActs, NoticeActs, ScoreActs } from './decisions.tsx';
import { Choices, Letter, Nothing, Panel, percent, Shown, Table } from './parts.tsx';
import { itemPath } from './router.ts';

interface Paged { readonly base: string; readonly query: URLSearchParams }

/** Each score with its arithmetic and the article it rests on. */
export function ScoreTable({ rows, path }: { readonly rows: readonly ScoreView[]; readonly path: string }): JSX.Element {
  return <Table label="计分" heads={['单位', '事项', '原因与计算过程', '依据', '来源', '状态', '#计分']} rows={rows.map((row) => ({ key: row.id, cells: [
    <>{row.unit}{row.person !== '' && <small>{row.person}</small>}</>,
    row.itemId !== '' && <a class="id" href={itemPath(row.itemId)}>{row.itemId}</a>,
    <>{row.reason}<small>{row.working}</small>{row.appealReason !== '' && <small>{row.appellant} 申诉:{row.appealReason}{row.appealResult !== '' && `;${row.reviewedBy} 复核:${row.appealResult}`}</small>}{row.note !== '' && <small>{row.note}</small>}<ScoreActs score={row} path={path} /></>,
    <>{row.clause}<small>{row.clauseText}</small></>,
    <><span class="id">{row.origin}</span>{row.confirmedBy !== '' && <small>{row.confirmedBy} 确认 {row.confirmed}</small>}</>,
    <span class={`state ${row.status === '生效' ? '' : 'open'}`}>{row.status}</span>,
    <b>{row.coefficient !== '' ? `系数 ${row.coefficient}` : row.counts === 0 && row.status !== '生效' ? `建议 ${row.proposed}` : row.counts}</b>,
  ] }))} />;
}

export function Scores({ base, query }: Paged): JSX.Element {
  return <Shown loaded={useView<ScoresView>(`${base}/scores?month=${encodeURIComponent(query.get('month') ?? '')}`)}>{(view) => <>
    <h1>考核</h1>
    {view.rows.length > 0 && <p class="papers"><Paper base={base} what="confirmation" of={{ month: view.month }} label={`${view.month} 考核确认表`} /></p>}
    <Choices label="考核月份" values={view.months} value={view.month} href={(month) => `/scores?month=${month}`} />
    <Panel title={view.month || '计分'} aside={`自动 ${view.automatic} · 手动 ${view.manual} · 合计 ${view.total}`}>{view.rows.length === 0 ? <Nothing>没有计分</Nothing> : <ScoreTable rows={view.rows} path={`${base}/acts`} />}</Panel>
  </>}</Shown>;
}

export function Rankings({ base, query }: Paged): JSX.Element {
  return <Shown loaded={useView<RankingsView>(`${base}/rankings?period=${encodeURIComponent(query.get('period') ?? '')}`)}>{(view) => <>
    <h1>排名</h1>
    {view.rows.length > 0 && <p class="papers"><Paper base={base} what="ranking" of={{ period: view.period }} label={`${view.period} 排名表`} /></p>}
    <Choices label="期间" values={view.periods} value={view.period} href={(period) => `/rankings?period=${period}`} />
    {view.rows.length === 0 ? <Nothing>还没有可看的排名:签发之前只有督办办公室和领导能看</Nothing>
      : [...new Set(view.rows.map(({ group }) => group))].map((group) => <Panel key={group} title={group} aside={view.settled ? '已锁定' : '未签发,仍会变动'}>
        <Table label={`${view.period} ${group} 排名`} heads={['#名次', '单位', '#应办', '#按时', '#办结率', '#延期率', '#退办', '#扣分', '#系数', '评优资格']} rows={view.rows.filter((row) => row.group === group).map((row) => ({ key: row.unit, cells: [
          <b>{row.rank}</b>, row.unit, row.due, row.onTime, <b>{percent(row.rate)}</b>, percent(row.extensionRate), row.returned, row.points, row.coefficient, row.excellent,
        ] }))} /></Panel>)}
  </>}</Shown>;
}

export function Bulletins({ base }: { readonly base: string }): JSX.Element {
  return <Shown loaded={useView<BulletinsView>(`${base}/bulletins`)}>{(view) => <>
    <h1>通报</h1>
    {view.rows.length === 0 ? <Nothing>还没有通报</Nothing> : view.rows.map((row) => <Panel key={row.id} title={row.subject || `${row.type} ${row.period}`} aside={<span class={`state ${row.status === '草稿' || row.status === '待签发' ? 'open' : ''}`}>{row.status}</span>}>
      <p class="basis">{[row.id, row.type, row.form, row.period, row.signer === '' ? '' : `${row.signer} 签发`, row.publishedAt, row.status === '草稿' && row.due !== '' ? `应于 ${row.due} 前发出` : ''].filter((text) => text !== '').join(' · ')}</p>
      {row.body !== '' && <Letter text={row.body} />}
      {row.entries.length > 0 && <ul class="entries">{row.entries.map((entry) => <li key={`${entry.unit}${entry.matter}`}><b>{entry.verdict}</b> {entry.unit} {entry.person}:{entry.matter}</li>)}</ul>}
      {row.id !== '' && <p class="papers"><Paper base={base} what="bulletin" of={{ id: row.id }} label="下载通报" /></p>}
      <BulletinActs bulletin={row} path={`${base}/acts`} />
      {row.fingerprint !== '' && <p class="basis">签发后锁定,sha256 {row.fingerprint.slice(0, 16)}…</p>}
    </Panel>)}
  </>}</Shown>;
}

export function NoticeCard({ notice, path }: { readonly notice: NoticeView; readonly path: string }): JSX.Element {
  const head = <><b>{notice.subject || notice.type}</b><small>{[notice.type, notice.recipient, notice.sentAt || notice.plannedOn, notice.status, notice.error].filter((text) => text !== '').join(' · ')}</small></>;
  return notice.body === '' ? <div class="notice">{head}</div> : <details class="notice"><summary>{head}</summary><Letter text={notice.body} /><p class="basis">依据 {notice.clause}</p>{notice.type !== '每日摘要' && <p class="papers"><Paper base={path.replace(/\/acts$/, '')} what="notice" of={{ id: notice.id }} label="下载此件" /></p>}<NoticeActs notice={notice} path={path} /></details>;
}

const NOTICE_STATES = ['', '待签', '待发', '已发', '失败', '已取消'] as const;

export function Notices({ base, query }: Paged): JSX.Element {
  const status = query.get('status') ?? '';
  return <><h1>通知</h1>
    <Choices label="状态" values={NOTICE_STATES} value={status} href={(one) => (one === '' ? '/notices' : `/notices?status=${one}`)} />
    <Shown loaded={useView<NoticesView>(`${base}/notices?status=${encodeURIComponent(status)}`)}>{(view) => <Panel title={status === '' ? '全部通知' : status} aside={view.total > view.rows.length ? `最近 ${view.rows.length} 条,共 ${view.total} 条` : `${view.total} 条`}>
      {view.rows.length === 0 ? <Nothing>没有通知</Nothing> : view.rows.map((notice) => <NoticeCard key={notice.id} notice={notice} path={`${base}/acts`} />)}
    </Panel>}</Shown></>;
}
