import type { SheetFault } from '@haidang/contracts/sheet-fault'
import type { SheetOutcome } from '@haidang/contracts/sheet-import'
import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { useWords } from '../language/use-words.ts'
import { Scrolled } from './scrolled.tsx'

interface ImportOutcomeProps {
  readonly outcome: SheetOutcome
  /** How to keep the refused rows. */
  readonly children?: ReactNode
}

/** What reading a file in would do: figures, faults row by row, and the first rows that are right. */
export function ImportOutcome({ outcome, children }: ImportOutcomeProps) {
  const { t } = useLingui()
  const { rows, created, updated, skipped, fault_count, faults, sample } = outcome
  const { notice_count, notices } = outcome
  const acts = { create: t`thêm`, update: t`sửa`, skip: t`bỏ qua` }
  return (
    <div role="status" className="flex flex-col gap-4 text-13">
      <p className="font-medium">
        {t`${rows} dòng: thêm ${created}, sửa ${updated}, bỏ qua ${skipped}, lỗi ${fault_count}.`}
      </p>
      <Faults label={t`Lỗi theo dòng`} faults={faults} count={fault_count} />
      {fault_count > 0 ? children : null}
      {notice_count > 0 ? <p className="font-medium">{t`Không sai nhưng nên xem lại:`}</p> : null}
      <Faults label={t`Điều nên xem lại theo dòng`} faults={notices} count={notice_count} />
      {sample.length > 0 ? (
        <ul className="divide-y divide-line">
          {sample.map(({ row, code, name, act }) => (
            <li key={row} className="flex gap-3 py-1">
              <span className="w-10 shrink-0 text-ink-3 tabular-nums">{row}</span>
              <code className="w-28 shrink-0 truncate text-12">{code}</code>
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <span className="text-ink-2">{acts[act]}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

interface FaultsProps {
  readonly label: string
  readonly faults: readonly SheetFault[]
  readonly count: number
}

/** What is wrong with rows, or worth a look: row, column, cause and remedy in the reader's language. */
function Faults({ label, faults, count }: FaultsProps) {
  const { t } = useLingui()
  const { language } = useWords()
  if (faults.length === 0) return null
  return (
    <>
      <Scrolled label={label} className="max-h-80 overflow-auto rounded-control border">
        <table className="w-full text-left text-12">
          <thead className="sticky top-0 bg-sunken">
            <tr>
              {[t`Dòng`, t`Cột`, t`Vì sao`, t`Cách sửa`].map((head) => (
                <th key={head} scope="col" className="px-3 py-1.5 font-medium">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {faults.map(({ row, field, code, cause, remedy }) => (
              <tr key={`${row} ${field} ${code} ${cause.en}`}>
                <td className="px-3 py-1 tabular-nums">{row}</td>
                <td className="px-3 py-1 font-mono">{field}</td>
                <td className="px-3 py-1">{cause[language]}</td>
                <td className="px-3 py-1">{remedy[language]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
      {count > faults.length ? (
        <p className="text-ink-3">{t`Chỉ nêu ${faults.length} trong ${count}.`}</p>
      ) : null}
    </>
  )
}
