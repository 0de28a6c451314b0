import { z } from 'zod'
import { type Label, label } from './label.ts'

interface Identified {
  readonly id: string
}

/** What stands for somebody whose personal data was removed; the same for the same account, always. */
export function pseudonymOf({ id }: Identified): { readonly name: string; readonly email: string } {
  return { name: `Đã xóa dữ liệu ${id.slice(-8)}`, email: `${id}@redacted.invalid` }
}

/** Whether the personal data of an account was removed; nobody can know an id before it is given. */
export function isRedacted(person: Identified & { readonly email: string }): boolean {
  return person.email === pseudonymOf(person).email
}

/** pseudonym: replaced · removed: the row goes · ended: opens nothing any more. */
export const RedactionFate = z.enum(['pseudonym', 'removed', 'ended'])
export type RedactionFate = z.infer<typeof RedactionFate>

export const redactionFates: Readonly<Record<RedactionFate, Label>> = {
  pseudonym: label('Thay bằng bí danh', 'Replaced by a pseudonym'),
  removed: label('Xóa', 'Removed'),
  ended: label('Chấm dứt', 'Ended'),
}

/** Entries of the register that stay when a person is redacted, with the reason. */
export const staysOnRedaction: Readonly<Record<string, Label>> = {
  acts: label(
    'Trách nhiệm và chứng cứ: mục nhật ký nằm trong chuỗi băm, hồ sơ đã quyết định giữ tên người làm',
    'Accountability and evidence: entries of the journal are hashed into a chain, and decided records keep who acted',
  ),
  addressees: label(
    'Chỉ là mã tài khoản, nay là bí danh',
    'The id of the account alone, which is a pseudonym now',
  ),
  'incident-reports': label(
    'Lời báo của đơn vị về một sự cố, căn cứ của việc đã làm; giữ cùng sự cố',
    'What an organisation reported of an incident, and the ground of what was done; kept with the incident',
  ),
  tasks: label(
    'Ai đã làm gì để ứng cứu sự cố: giữ cùng sự cố, mã tài khoản nay là bí danh',
    'Who did what to respond to an incident: kept with it; the id of the account is a pseudonym now',
  ),
  'incident-observables': label(
    'Dấu vết của sự cố, giữ cùng sự cố; không gắn với tài khoản',
    'Traces of an incident, kept with it; tied to no account',
  ),
  shifts: label(
    'Chỉ là mã tài khoản, nay là bí danh: lịch đã trực là chứng cứ trực 24/7',
    'The id of the account alone, which is a pseudonym now; a roster that was stood proves the 24/7 duty',
  ),
  forms: label(
    'Bản đã nộp là lời khai của tổ chức, được băm và không sửa được; bản nháp thì rút trước',
    'What was submitted is the statement of the organisation, hashed and unchangeable; withdraw drafts first',
  ),
  envelopes: label(
    'Văn bản đã ký giữa các nút: sửa là mất chữ ký',
    'Signed between nodes: changing them breaks the signature',
  ),
  'monitored-records': label(
    'Bản ghi được giám sát không gắn với tài khoản; hết theo thời hạn lưu giữ sự kiện',
    'Monitored records are tied to no account; they end by the retention of events',
  ),
}

export const RedactionPreview = z.object({
  name: z.string().describe('the pseudonym'),
  places: z.array(
    z.object({
      entry: z.string().describe('of the register of personal data'),
      table: z.string(),
      columns: z.array(z.string()),
      rows: z.int(),
      fate: RedactionFate,
    }),
  ),
  stays: z.array(
    z.object({
      entry: z.string(),
      rows: z.int().nullable().describe('null: what is there cannot be told by person'),
    }),
  ),
})
export type RedactionPreview = z.infer<typeof RedactionPreview>
