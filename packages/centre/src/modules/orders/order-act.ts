import type { ApprovalFact } from '@haidang/contracts/approval'
import { labels } from '@haidang/contracts/labels'
import type { Order } from '@haidang/contracts/order'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Act } from '../approvals/act-service.ts'
import type { IssueService } from './issue-service.ts'

/** Issuing an order: the more it reaches, the sooner a second person is wanted. */
export function issueAct(issuing: IssueService): Act<'order.issue', Order> {
  return {
    ...{ kind: 'order.issue', ask: 'order.issue', approve: 'order.read' },
    async prepare(tx, _, draft) {
      const { addressees } = await issuing.requireIssuable(tx, draft)
      const facts: ApprovalFact[] = [
        { name: 'title', values: [draft.title] },
        { name: 'order_kind', values: [labels.orderKind[draft.kind]] },
        { name: 'urgency', values: [labels.urgency[draft.urgency]] },
        { name: 'addressees', values: addressees },
        { name: 'actions', values: draft.actions.map(({ text }) => text) },
        { name: 'due', values: [draft.report_due_at] },
      ]
      return { payload: draft, size: addressees.length, tlp_rank: tlpRank(draft.tlp), facts }
    },
    async carryOut(tx, caller, draft) {
      const answer = await issuing.issue(tx, caller, draft)
      return { subject: answer.id, answer }
    },
  }
}
