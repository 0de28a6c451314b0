import type { ApprovalFact } from '@haidang/contracts/approval'
import { labels } from '@haidang/contracts/labels'
import type { Order } from '@haidang/contracts/order'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Act } from './modules/approvals/act-service.ts'
import type { IssueService } from './modules/orders/issue-service.ts'

/** Issuing an order: the more it reaches, the sooner a second person is wanted. */
export function issueAct(issuing: IssueService): Act<'order.issue', Order> {
  return {
    kind: 'order.issue',
    ask: 'order.issue',
    approve: 'order.read',
    async prepare(tx, _, draft) {
      const { names } = await issuing.requireIssuable(tx, draft)
      const addressees = draft.addressees.map(({ organisation_id: id }) => names.get(id) ?? '')
      const facts: ApprovalFact[] = [
        { name: 'title', values: [draft.title] },
        { name: 'order_kind', values: [labels.orderKind[draft.kind]] },
        { name: 'urgency', values: [labels.urgency[draft.urgency]] },
        { name: 'addressees', values: named(addressees) },
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

/** Names read out at most; of more, how many there are beside them. */
const mostNamed = 100

function named(names: readonly string[]): ApprovalFact['values'] {
  const more = names.length - mostNamed
  if (more <= 0) return [...names]
  const rest = { vi: `và ${more} đơn vị khác`, en: `and ${more} others` }
  return [...names.slice(0, mostNamed), rest]
}
