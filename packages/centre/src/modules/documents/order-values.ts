import { labels } from '@haidang/contracts/labels'
import type { OrderDraft } from '@haidang/contracts/order'
import type { Values } from './document.ts'
import { momentOf } from './document-dates.ts'

/** Indicators of a task a paper shows; the others are in the order itself. */
const shown = 20
const longest = 200

/** What of an order a document says. Who else is addressed is not told to addressees. */
export function orderValues(
  order: Pick<
    OrderDraft,
    'title' | 'situation' | 'legal_basis' | 'actions' | 'report_due_at' | 'tlp'
  >,
  addressees: readonly string[],
  language: 'vi' | 'en',
): Values {
  return {
    title: order.title,
    situation: order.situation,
    legal_basis: order.legal_basis,
    recipients: recipientsOf(addressees, language),
    actions: order.actions.map(({ kind, text, due_at, indicators }, n) => [
      String(n + 1),
      labels.actionKind[kind][language],
      [text, ...indicatorsOf(indicators, language)].join('\n'),
      momentOf(due_at),
    ]),
    due: momentOf(order.report_due_at),
    tlp: `TLP:${order.tlp.toUpperCase()}`,
  }
}

function recipientsOf(names: readonly string[], language: 'vi' | 'en'): string {
  const [only] = names
  if (names.length === 1 && only !== undefined) return only
  return language === 'vi'
    ? `${names.length} đơn vị theo danh sách của cơ quan ban hành`
    : `${names.length} organisations on the issuer’s list`
}

function indicatorsOf(indicators: readonly string[], language: 'vi' | 'en'): string[] {
  const first = indicators
    .slice(0, shown)
    .map((one) => (one.length > longest ? `${one.slice(0, longest)}…` : one))
  const more = indicators.length - first.length
  if (more <= 0) return first
  const rest =
    language === 'vi' ? `và ${more} dấu hiệu khác trên hệ thống` : `and ${more} more in the system`
  return [...first, rest]
}
