import { label } from '@haidang/contracts/label'
import type { Shift } from '@haidang/contracts/shift'
import type { SheetColumn } from '../../sheets/sheet-rows.ts'
import { vietnamTime } from '../../vietnam-date.ts'

/** The columns of a roster. */
export const shiftColumns: readonly SheetColumn<Shift>[] = [
  { head: label('Tổ chức', 'Organisation'), text: (row) => row.organisation_name },
  { head: label('Ca trực', 'Shift'), text: ({ name }) => name },
  {
    head: label('Bắt đầu', 'Begins'),
    text: ({ starts_at }, language) => vietnamTime(starts_at, language),
  },
  {
    head: label('Kết thúc', 'Ends'),
    text: ({ ends_at }, language) => vietnamTime(ends_at, language),
  },
  { head: label('Trực ban', 'Duty officer'), text: ({ officer }) => officer?.name ?? '' },
  {
    head: label('Cùng trực', 'With'),
    text: ({ members }) => members.map(({ name }) => name).join('; '),
  },
  { head: label('Ghi chú', 'Note'), text: ({ note }) => note },
]
