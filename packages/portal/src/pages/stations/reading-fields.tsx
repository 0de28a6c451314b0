import { formatNames, type RecordFormat } from '@haidang/contracts/record-format'
import { Encoding } from '@haidang/contracts/record-reading'
import { useLingui } from '@lingui/react/macro'
import { Field, Input, Select } from '../../components/field.tsx'
import type { Errors } from '../../components/form.ts'
import { CsvFields } from './csv-fields.tsx'
import { PastedRecords } from './pasted-records.tsx'
import { type SetReading, useReadingNames } from './set-reading.ts'
import { encodingNames } from './source-words.ts'

interface ReadingFieldsProps {
  readonly set: SetReading
  readonly onSet: (set: SetReading) => void
  readonly errors: Errors
}

/** Format, encoding and zone, of separated values the columns, and a try with pasted lines. */
export function ReadingFields({ set, onSet, errors }: ReadingFieldsProps) {
  const { t } = useLingui()
  const names = useReadingNames()
  const { format, zone, reading } = set
  return (
    <>
      <Field label={names.format} error={errors['format']}>
        <Select
          value={format}
          onChange={(event) => onSet({ ...set, format: event.currentTarget.value as RecordFormat })}
        >
          <option value="auto">{t`Tự nhận biết`}</option>
          {Object.entries(formatNames).map(([each, name]) => (
            <option key={each} value={each}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        label={names['reading.encoding']}
        help={t`Tự nhận biết: UTF-8 trước, rồi theo chữ tiếng Việt`}
        error={errors['reading.encoding']}
      >
        <Select
          value={reading.encoding}
          onChange={(event) => {
            const encoding = event.currentTarget.value as Encoding
            onSet({ ...set, reading: { ...reading, encoding } })
          }}
        >
          {Encoding.options.map((each) => (
            <option key={each} value={each}>
              {each === 'auto' ? t`Tự nhận biết` : encodingNames[each]}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        label={names.zone}
        help={t`Dùng khi thời gian ghi không kèm múi giờ`}
        error={errors['zone']}
      >
        <Input
          value={zone}
          onChange={(event) => onSet({ ...set, zone: event.currentTarget.value })}
        />
      </Field>
      {format === 'csv' ? <CsvFields set={set} onSet={onSet} errors={errors} /> : null}
      <PastedRecords set={set} onSet={onSet} />
    </>
  )
}
