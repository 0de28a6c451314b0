import { label } from '@haidang/contracts/label'
import { labels } from '@haidang/contracts/labels'
import { SystemRow } from '@haidang/contracts/system-import'
import { Tlp } from '@haidang/contracts/tlp'
import { type ImportColumn, listReader, wordReader, wordsOf } from '../sheets/sheet-columns.ts'
import type { ImportShape, Said } from '../sheets/sheet-import.ts'

const organisation = label(
  'mã định danh của tổ chức trong sổ',
  'the code of an organisation of the register',
)
const line = label('một dòng chữ', 'one line of text')
const tlps = Tlp.options.map((tlp) => tlp.toUpperCase()).join(', ')

const columns: readonly ImportColumn[] = [
  { field: 'owner', names: ['Mã chủ quản', 'owner'], expects: organisation },
  {
    field: 'code',
    names: ['Mã hệ thống', 'code'],
    required: true,
    expects: label('chữ không dấu, số và . _ / -', 'letters, digits and . _ / -'),
  },
  { field: 'name', names: ['Tên hệ thống', 'name'], expects: line },
  { field: 'operator', names: ['Mã đơn vị vận hành', 'operator'], expects: organisation },
  { field: 'purpose', names: ['Mục đích', 'purpose'], expects: line },
  {
    field: 'tlp',
    names: ['TLP', 'tlp'],
    expects: label(tlps, tlps),
    read: (text) => text.toLowerCase().replace(/^tlp:/, ''),
  },
  {
    field: 'level',
    names: ['Cấp độ', 'level'],
    expects: label('số từ 1 đến 5', 'a number from 1 to 5'),
    read: (text) => {
      const digit = /^\D{0,12}([1-5])$/.exec(text)?.[1]
      return digit === undefined ? text : Number(digit)
    },
  },
  {
    field: 'level_approval',
    names: ['Tình trạng phê duyệt', 'level approval'],
    expects: wordsOf(labels.levelApproval),
    read: wordReader(labels.levelApproval),
  },
  { field: 'decision_number', names: ['Số quyết định', 'decision number'], expects: line },
  {
    field: 'decision_date',
    names: ['Ngày quyết định', 'decision date'],
    expects: label('ngày dạng 31/12/2026 hoặc 2026-12-31', 'a day as 2026-12-31 or 31/12/2026'),
    read: (text) => text.replace(/^(\d\d?)\/(\d\d?)\/(\d{4})$/, dayOf),
  },
  {
    field: 'decision_authority',
    names: ['Cơ quan phê duyệt', 'decision authority'],
    expects: line,
  },
  {
    field: 'importance',
    names: ['Tầm quan trọng', 'importance'],
    expects: wordsOf(labels.importance),
    read: listReader(wordReader(labels.importance)),
  },
  {
    field: 'ranges',
    names: ['Mạng, tên miền', 'ranges'],
    expects: label('các dải cách nhau bằng dấu ;', 'ranges with ; in between'),
    read: listReader((text) => text),
  },
]

function dayOf(_: string, day: string, month: string, year: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** What files of information systems are read as. */
export const systemShape: ImportShape<typeof SystemRow> = {
  columns,
  schema: SystemRow,
  keyOf: ({ owner = '', code }) => `${owner} ${code}`,
  keyField: 'code',
  continues,
}

/** A row that names the system above and otherwise only ranges has more of them: a cell holds only so much. */
function continues(above: Said, said: Said): boolean {
  const { owner, code, ranges, ...more } = said
  if (owner !== above['owner'] || code !== above['code'] || Object.keys(more).length > 0)
    return false
  const known = above['ranges']
  if (!Array.isArray(ranges) || !Array.isArray(known)) return false
  known.push(...ranges)
  return true
}
