import { label } from '@haidang/contracts/label'
import { labels } from '@haidang/contracts/labels'
import { OrganisationRow } from '@haidang/contracts/organisation-import'
import { type ImportColumn, listReader, wordReader, wordsOf } from './sheet-columns.ts'
import type { ImportShape } from './sheet-import.ts'

const code = label('chữ không dấu, số, dấu chấm, gạch nối', 'letters, digits, dot and hyphen')
const line = label(
  'một dòng chữ, không ký tự ẩn hay xuống dòng',
  'one line of text without hidden characters',
)

const columns: readonly ImportColumn[] = [
  { field: 'code', names: ['Mã định danh', 'code'], required: true, expects: code },
  { field: 'name', names: ['Tên tổ chức', 'name'], required: true, expects: line },
  {
    field: 'kind',
    names: ['Loại', 'kind'],
    required: true,
    expects: wordsOf(labels.organisationKind),
    read: wordReader(labels.organisationKind),
  },
  {
    field: 'sectors',
    names: ['Lĩnh vực', 'sectors'],
    expects: wordsOf(labels.sector),
    read: listReader(wordReader(labels.sector)),
  },
  { field: 'unit', names: ['Tỉnh, thành phố', 'unit'], expects: line },
  { field: 'parent', names: ['Thuộc tổ chức', 'parent'], expects: code },
  { field: 'address', names: ['Địa chỉ', 'address'], expects: line },
  {
    field: 'website',
    names: ['Trang tin', 'website'],
    expects: label('địa chỉ bắt đầu bằng https://', 'an address that begins with https://'),
  },
  { field: 'contact_name', names: ['Đầu mối trực', 'contact name'], expects: line },
  {
    field: 'contact_phone',
    names: ['Điện thoại', 'contact phone'],
    expects: label('số điện thoại, ví dụ +84 24 3943 1111', 'a number as +84 24 3943 1111'),
  },
  {
    field: 'contact_email',
    names: ['Thư điện tử', 'contact email'],
    expects: label('một địa chỉ, ví dụ truc@don-vi.example', 'one address as duty@unit.example'),
  },
]

/** What files of organisations are read as. */
export const organisationShape: ImportShape<typeof OrganisationRow> = {
  columns,
  schema: OrganisationRow,
  keyOf: ({ code }) => code,
  keyField: 'code',
}
