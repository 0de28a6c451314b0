import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { Failure } from '../../components/states.tsx'
import { useWords } from '../../language/use-words.ts'
import { ColumnTargets } from './column-targets.tsx'
import type { SetReading } from './set-reading.ts'
import { SurveyFields } from './set-up/survey-fields.tsx'

interface PastedRecordsProps {
  readonly set: SetReading
  readonly onSet: (set: SetReading) => void
}

const longest = 65_536

/** Pasted lines, read as set; of separated values their columns, and where each goes. Nothing is kept. */
export function PastedRecords({ set, onSet }: PastedRecordsProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const id = useId()
  const [text, setText] = useState('')
  const trial = useMutation({
    mutationFn: (as: SetReading) => api.sources.survey({ body: { text, ...as } }),
  })
  const isCsv = set.format === 'csv'
  const change = (next: SetReading) => {
    onSet(next)
    trial.mutate(next)
  }
  const found = trial.data
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-2 sm:col-span-2">
      <h3 id={id} className="font-semibold text-13">{t`Đọc thử`}</h3>
      <Field
        label={t`Dán vài bản ghi, mỗi dòng một bản ghi`}
        optional={t`không bắt buộc`}
        help={
          isCsv
            ? t`Kèm dòng tên cột nếu có. Không giữ lại gì; bảng mã chữ không thử được ở đây.`
            : t`Không giữ lại gì; bảng mã chữ không thử được ở đây.`
        }
      >
        <Textarea
          rows={3}
          maxLength={longest}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          spellCheck={false}
          className="whitespace-pre font-mono text-12"
        />
      </Field>
      <div>
        <Button
          refusal={text.trim() === '' ? t`Chưa dán bản ghi nào` : undefined}
          busy={trial.isPending}
          onClick={() => trial.mutate(set)}
        >{t`Đọc thử`}</Button>
      </div>
      {trial.error ? <Failure error={trial.error} onRetry={() => trial.mutate(set)} /> : null}
      {found ? (
        <div className="flex min-w-0 flex-col gap-3">
          <p role="status" className="text-13">
            {t`${number(found.survey.records)} dòng: ${number(found.survey.events)} đọc được, ${number(found.survey.rejects)} không đọc được`}
          </p>
          {found.survey.reasons.map(({ reason, detail, line }) => (
            <p
              key={reason}
              className="break-words rounded-control bg-medium-soft px-3 py-2 text-13"
            >
              {t`Dòng ${line}:`} <code>{reason}</code> {detail}
            </p>
          ))}
          {found.columns.length > 0 ? (
            <ColumnTargets columns={found.columns} set={set} onSet={change} />
          ) : null}
          <SurveyFields survey={found.survey} />
        </div>
      ) : null}
    </section>
  )
}
