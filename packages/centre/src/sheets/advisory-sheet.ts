import type { AdvisoryLine } from '@haidang/contracts/advisory'
import { label } from '@haidang/contracts/label'
import { labels } from '@haidang/contracts/labels'
import { type SheetColumn, yes } from './sheet-rows.ts'

/** Addressees of an advisory as a sheet: one line each, times in UTC. */
export const advisoryColumns: readonly SheetColumn<AdvisoryLine>[] = [
  { head: label('Đơn vị', 'Organisation'), text: (line) => line.organisation_name },
  { head: label('Mã', 'Identifier'), text: (line) => line.organisation_id },
  {
    head: label('Loại tổ chức', 'Kind of organisation'),
    text: (line, language) => labels.organisationKind[line.organisation_kind][language],
  },
  {
    head: label('Bước hiện tại', 'Stands at'),
    text: ({ step }, language) => labels.advisoryStep[step][language],
  },
  {
    head: label('Trả lời', 'Answer'),
    text: ({ assessment }, language) => (assessment ? labels.assessment[assessment][language] : ''),
  },
  { head: label('Diễn giải', 'Note'), text: ({ note }) => note },
  {
    head: label('Từng hệ thống', 'Each system'),
    text: ({ systems }, language) =>
      systems
        .map(({ name, assessment }) => `${name}: ${labels.assessment[assessment][language]}`)
        .join('; '),
  },
  { head: label('Hạn', 'Due'), text: ({ due_at }) => due_at ?? '' },
  { head: label('Quá hạn', 'Late'), text: ({ overdue }, language) => yes(overdue, language) },
  { head: label('Bản', 'Version'), text: ({ version }) => String(version) },
  { head: labels.advisoryStep.delivered, text: ({ delivered_at }) => delivered_at ?? '' },
  { head: labels.advisoryStep.read, text: ({ read_at }) => read_at ?? '' },
  { head: labels.advisoryStep.assessed, text: ({ assessed_at }) => assessed_at ?? '' },
  { head: labels.advisoryStep.remediated, text: ({ remediated_at }) => remediated_at ?? '' },
  { head: labels.advisoryStep.verified, text: ({ verified_at }) => verified_at ?? '' },
]
