import type { CsvReading } from '@haidang/contracts/record-reading'
import { useLingui } from '@lingui/react/macro'
import { Field, Input, Select } from '../../components/field.tsx'
import type { Errors } from '../../components/form.ts'
import { type SetReading, useReadingNames, usualCsv } from './set-reading.ts'

interface CsvFieldsProps {
  readonly set: SetReading
  readonly onSet: (set: SetReading) => void
  readonly errors: Errors
}

/** How separated values stand apart, and what their columns are called. */
export function CsvFields({ set, onSet, errors }: CsvFieldsProps) {
  const { t } = useLingui()
  const names = useReadingNames()
  const csv = set.reading.csv ?? usualCsv
  const change = (part: Partial<CsvReading>) =>
    onSet({ ...set, reading: { ...set.reading, csv: { ...csv, ...part } } })
  const errorOf = (name: keyof typeof names) =>
    Object.entries(errors).find(([key]) => key === name || key.startsWith(`${name}.`))?.[1]
  return (
    <>
      <Field label={t`Dấu ngăn cách`}>
        <Select
          value={csv.separator}
          onChange={(event) =>
            change({ separator: event.currentTarget.value as CsvReading['separator'] })
          }
        >
          <option value="auto">{t`Tự nhận biết`}</option>
          <option value=",">{t`Phẩy ( , )`}</option>
          <option value=";">{t`Chấm phẩy ( ; )`}</option>
          <option value={'\t'}>{t`Tab`}</option>
          <option value="|">{t`Gạch đứng ( | )`}</option>
        </Select>
      </Field>
      <Field label={t`Dấu bao giá trị`}>
        <Select
          value={csv.quote}
          onChange={(event) => change({ quote: event.currentTarget.value as CsvReading['quote'] })}
        >
          <option value={'"'}>{t`Nháy kép ( " )`}</option>
          <option value="'">{t`Nháy đơn ( ' )`}</option>
          <option value="none">{t`Không có`}</option>
        </Select>
      </Field>
      <Field
        label={names['reading.csv.time_format']}
        help={t`auto, epoch, hoặc như dd/MM/yyyy HH:mm:ss`}
        error={errorOf('reading.csv.time_format')}
      >
        <Input
          value={csv.time_format}
          onChange={(event) => change({ time_format: event.currentTarget.value })}
          className="font-mono"
        />
      </Field>
      <Field
        label={names['reading.csv.columns']}
        optional={t`không bắt buộc`}
        help={t`Cách nhau bằng dấu phẩy, đúng thứ tự; bỏ trống: dòng đầu của mỗi tệp đặt tên`}
        error={errorOf('reading.csv.columns')}
        className="sm:col-span-2"
      >
        <Input
          defaultValue={csv.columns.join(', ')}
          onChange={(event) => change({ columns: namesIn(event.currentTarget.value) })}
          className="font-mono"
        />
      </Field>
    </>
  )
}

function namesIn(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
}
