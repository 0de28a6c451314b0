import type { IncidentObservable } from '@haidang/contracts/incident-observable'
import { label } from '@haidang/contracts/label'
import { labels } from '@haidang/contracts/labels'
import { harmless } from '../modules/observables/observable.ts'
import { type SheetColumn, yes } from './sheet-rows.ts'

/** What was seen in an incident as a sheet: one line each, times in UTC. */
export const observableColumns: readonly SheetColumn<IncidentObservable>[] = [
  {
    head: label('Loại', 'Kind'),
    text: ({ kind }, language) => labels.observableKind[kind][language],
  },
  { head: label('Giá trị', 'Value'), text: ({ value }) => value },
  { head: label('Giá trị đã vô hiệu', 'Made harmless'), text: (row) => harmless(row) },
  {
    head: label('Dấu hiệu tấn công', 'Tells of the attack'),
    text: ({ indicator }, language) => yes(indicator, language),
  },
  { head: label('Nhãn', 'Tags'), text: ({ tags }) => tags.join(', ') },
  { head: label('Ghi chú', 'Note'), text: ({ note }) => note },
  { head: label('Thấy lần đầu', 'First seen'), text: ({ first_seen_at }) => first_seen_at },
  { head: label('Thấy lần cuối', 'Last seen'), text: ({ last_seen_at }) => last_seen_at },
  { head: label('Số lần thấy', 'Sightings'), text: ({ sightings }) => String(sightings) },
  { head: label('Sự cố khác', 'Other incidents'), text: ({ elsewhere }) => String(elsewhere) },
]
