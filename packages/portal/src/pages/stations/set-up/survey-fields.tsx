import { eventClasses } from '@haidang/contracts/event'
import { formatNames } from '@haidang/contracts/record-format'
import type { RecordSurvey } from '@haidang/contracts/record-survey'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { Scrolled } from '../../../components/scrolled.tsx'

const shownFirst = 12
const classNames = new Map<number, string>(
  Object.entries(eventClasses).map(([name, uid]) => [uid, name]),
)

/** What the records fill: recognised as what, into which classes and attributes. */
export function SurveyFields({ survey }: { survey: RecordSurvey }) {
  const { t } = useLingui()
  const [all, setAll] = useState(false)
  const { fields, formats, classes, events } = survey
  if (events === 0) return null
  const names: Readonly<Record<string, string>> = formatNames
  const known = formats.map(({ format }) => names[format] ?? format).join(', ')
  const into = classes.map(({ class_uid }) => classNames.get(class_uid) ?? class_uid).join(', ')
  const rest = fields.length - shownFirst
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p className="text-13">{t`Nhận ra ${known}; lớp sự kiện ${into}`}</p>
      <Scrolled label={t`Các trường đọc được`}>
        <table className="w-full text-13">
          <thead className="text-12 text-ink-3">
            <tr className="border-b">
              <th className="py-1 text-left font-medium">{t`Trường`}</th>
              <th className="py-1 pl-3 text-right font-medium">{t`Có ở`}</th>
              <th className="py-1 pl-3 text-left font-medium">{t`Ví dụ`}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {fields.slice(0, all ? undefined : shownFirst).map(({ field, records, example }) => (
              <tr key={field}>
                <th scope="row" className="py-1 text-left font-mono font-normal text-12">
                  {field}
                </th>
                <td className="py-1 pl-3 text-right text-12">
                  {`${Math.floor((records / events) * 100)} %`}
                </td>
                <td className="max-w-60 truncate py-1 pl-3 font-mono text-12" title={example}>
                  {example}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
      {rest > 0 && !all ? (
        <Button size="small" className="self-start" onClick={() => setAll(true)}>
          {t`Thêm ${rest} trường`}
        </Button>
      ) : null}
    </div>
  )
}
