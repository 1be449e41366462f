import type { JSX } from 'preact';
import type { MineView, RequestsView } from '../../../screens/api-types.ts';
import { RequestCard } from './act-forms.tsx';
import { refresh, send, useView } from './api.ts';
import { FeedbackCard } from './decisions.tsx';
import { ItemList, Nothing, Panel, Shown } from './parts.tsx';
import { NoticeCard, ScoreTable } from './publications.tsx';
import { itemPath } from './router.ts';

export function Mine({ base, name }: { readonly base: string; readonly name: string }): JSX.Element {
  const readAll = async (): Promise<void> => { await send(`${base}/acts`, { act: 'read' }); refresh(); };
  return <Shown loaded={useView<MineView>(`${base}/mine`)}>{(view) => <>
    <h1>{name}</h1>
    <div class="grid2">
      <Panel title="待我审批" aside={`${view.toDecide.length} 件`}>{view.toDecide.length === 0 ? <Nothing>没有等您批复的申请</Nothing>
        : view.toDecide.map((request) => <RequestCard key={request.id} request={request} path={`${base}/acts`} decided={refresh} href={itemPath(request.itemId)} />)}</Panel>
      <Panel title="我承办的" aside={`${view.open.length} 件`}><ItemList items={view.open} empty="没有在办的事项" /></Panel>
      {view.toReview.length > 0 && <Panel title="待审核" aside={`${view.toReview.length} 件`}><ItemList items={view.toReview} empty="" /></Panel>}
      {view.feedback.length > 0 && <Panel title="待提报、待审阅" aside={`${view.feedback.length} 条`}>{view.feedback.map((feedback) => <FeedbackCard key={feedback.id} feedback={feedback} path={`${base}/acts`} withItem />)}</Panel>}
      {view.toSign.length > 0 && <Panel title="待签发" aside={`${view.toSign.length} 件`}>{view.toSign.map((notice) => <NoticeCard key={notice.id} notice={notice} path={`${base}/acts`} />)}</Panel>}
      <Panel title="未读通知" aside={view.unread.length === 0 ? '' : <button type="button" class="quiet" onClick={() => { void readAll(); }}>全部标为已读</button>}>
        {view.unread.length === 0 ? <Nothing>没有未读的通知</Nothing> : view.unread.map((notice) => <NoticeCard key={notice.id} notice={notice} path={`${base}/acts`} />)}</Panel>
      <Panel title="我的计分" aside={`${view.month} 合计 ${view.points}`}>{view.scores.length === 0 ? <Nothing>本月没有计分</Nothing> : <ScoreTable rows={view.scores} path={`${base}/acts`} />}</Panel>
    </div>
  </>}</Shown>;
}

export function Requests({ base }: { readonly base: string }): JSX.Element {
  return <Shown loaded={useView<RequestsView>(`${base}/requests`)}>{(view) => <>
    <h1>申请与审批</h1>
    <div class="grid2">
      <Panel title="审批中" aside={`${view.waiting.length} 件`}>{view.waiting.length === 0 ? <Nothing>没有待批的申请</Nothing>
        : view.waiting.map((request) => <RequestCard key={request.id} request={request} path={`${base}/acts`} decided={refresh} href={itemPath(request.itemId)} />)}</Panel>
      <Panel title="已有结果" aside={`${view.decidedCount} 件`}>{view.decided.length === 0 ? <Nothing>还没有批复过申请</Nothing>
        : view.decided.map((request) => <RequestCard key={request.id} request={request} path={`${base}/acts`} decided={refresh} href={itemPath(request.itemId)} />)}</Panel>
    </div>
  </>}</Shown>;
}
