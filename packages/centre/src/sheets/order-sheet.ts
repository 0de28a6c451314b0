import { label } from '@haidang/contracts/label'
import { labels } from '@haidang/contracts/labels'
import type { LadderLine, LadderStep } from '@haidang/contracts/order'
import { type SheetColumn, yes } from './sheet-rows.ts'

const rungs: readonly LadderStep[] = [
  'issued',
  'delivered',
  'read',
  'accepted',
  'disputed',
  'acting',
  'completed',
  'verified',
  'returned',
  'closed',
]

/** When a ladder last came to each step. */
const reached = rungs.map(
  (rung): SheetColumn<LadderLine> => ({
    head: labels.ladderStep[rung],
    text: ({ entries }) => entries.findLast(({ step }) => step === rung)?.time ?? '',
  }),
)

/** The matrix of an order as a sheet: one line for each addressee, times in UTC. */
export const ladderColumns: readonly SheetColumn<LadderLine>[] = [
  { head: label('Đơn vị', 'Organisation'), text: (line) => line.organisation_name },
  { head: label('Mã', 'Identifier'), text: (line) => line.organisation_id },
  {
    head: label('Vai trò', 'Role'),
    text: ({ role }, language) => labels.addresseeRole[role][language],
  },
  {
    head: label('Bước hiện tại', 'Stands at'),
    text: ({ step }, language) => labels.ladderStep[step][language],
  },
  { head: label('Hạn', 'Due'), text: ({ due_at }) => due_at ?? '' },
  { head: label('Quá hạn', 'Late'), text: ({ overdue }, language) => yes(overdue, language) },
  {
    head: label('Qua liên kết', 'Over the link'),
    text: ({ over_link }, language) => yes(over_link, language),
  },
  { head: label('Bản', 'Version'), text: ({ version }) => String(version) },
  ...reached,
  { head: label('Nhắc lần cuối', 'Last reminded'), text: ({ reminded_at }) => reminded_at ?? '' },
  { head: label('Thu hồi', 'Withdrawn'), text: ({ withdrawn_at }) => withdrawn_at ?? '' },
  { head: label('Lý do thu hồi', 'Why withdrawn'), text: ({ withdrawal }) => withdrawal },
]
