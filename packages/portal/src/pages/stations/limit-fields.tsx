import { type CollectorKind, whenFullOf } from '@haidang/contracts/source'
import { type SourceLimits, SourcePriority, WhenFull } from '@haidang/contracts/source-limits'
import { useLingui } from '@lingui/react/macro'
import { Field, Input, Select } from '../../components/field.tsx'
import { type Errors, text } from '../../components/form.ts'
import { useWords } from '../../language/use-words.ts'

/** Words for the fields, by the place of each in a draft. */
export function useLimitNames() {
  const { t } = useLingui()
  return {
    'limits.records_per_second': t`Bản ghi mỗi giây`,
    'limits.bytes_per_second': t`Byte mỗi giây`,
    'limits.burst_seconds': t`Dồn tối đa (giây)`,
    'limits.spool_bytes': t`Phần hàng đợi (byte)`,
    'limits.priority': t`Ưu tiên khi hàng đợi đầy`,
    'limits.when_full': t`Khi vượt giới hạn`,
  }
}

interface LimitFieldsProps {
  readonly collector: CollectorKind
  readonly limits: SourceLimits
  readonly errors: Errors
}

/** What a source may bring: rate, burst, share of the spool, priority, and what becomes of more. */
export function LimitFields({ collector, limits, errors }: LimitFieldsProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const names = useLimitNames()
  const any = t`bỏ trống: không giới hạn`
  const { records_per_second, bytes_per_second, burst_seconds, spool_bytes } = limits
  return (
    <>
      <Field
        label={names['limits.records_per_second']}
        help={any}
        error={errors['limits.records_per_second']}
      >
        <Input
          name="limits.records_per_second"
          inputMode="numeric"
          defaultValue={records_per_second ?? ''}
        />
      </Field>
      <Field
        label={names['limits.bytes_per_second']}
        help={any}
        error={errors['limits.bytes_per_second']}
      >
        <Input
          name="limits.bytes_per_second"
          inputMode="numeric"
          defaultValue={bytes_per_second ?? ''}
        />
      </Field>
      <Field
        label={names['limits.burst_seconds']}
        help={t`Bằng lượng của bấy nhiêu giây được tới cùng lúc`}
        error={errors['limits.burst_seconds']}
      >
        <Input name="limits.burst_seconds" inputMode="numeric" defaultValue={burst_seconds} />
      </Field>
      <Field
        label={names['limits.spool_bytes']}
        help={t`Lượng đang chờ xử lý của nguồn; bỏ trống: dùng chung`}
        error={errors['limits.spool_bytes']}
      >
        <Input name="limits.spool_bytes" inputMode="numeric" defaultValue={spool_bytes ?? ''} />
      </Field>
      <Field label={names['limits.priority']} error={errors['limits.priority']}>
        <Select name="limits.priority" defaultValue={limits.priority}>
          {SourcePriority.options.map((each) => (
            <option key={each} value={each}>
              {label('sourcePriority', each)}
            </option>
          ))}
        </Select>
      </Field>
      <WhenFullField collector={collector} limits={limits} error={errors['limits.when_full']} />
    </>
  )
}

interface WhenFullProps {
  readonly collector: CollectorKind
  readonly limits: SourceLimits
  readonly error: string | undefined
}

/** All three are shown; those that do not suit the way in say so, and why. */
function WhenFullField({ collector, limits, error }: WhenFullProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const names = useLimitNames()
  const { choices, because } = whenFullOf(collector)
  const usual = label('whenFull', choices[0])
  const kept = limits.when_full
  const refused = WhenFull.options.filter((each) => !choices.includes(each))
  const words = refused.map((each) => label('whenFull', each)).join(', ')
  return (
    <Field
      label={names['limits.when_full']}
      help={
        refused.length === 0
          ? undefined
          : t`Không chọn được: ${words}. Lý do: ${label('whenFullReason', because)}.`
      }
      error={error}
    >
      <Select
        name="limits.when_full"
        defaultValue={kept !== null && choices.includes(kept) ? kept : ''}
      >
        <option value="">{t`Theo đường vào: ${usual}`}</option>
        {WhenFull.options.map((each) => (
          <option key={each} value={each} disabled={!choices.includes(each)}>
            {label('whenFull', each)}
          </option>
        ))}
      </Select>
    </Field>
  )
}

/** What the fields say, not yet checked. */
export function limitsIn(form: FormData) {
  const whenFull = text(form, 'limits.when_full')
  return {
    records_per_second: numberIn(form, 'limits.records_per_second'),
    bytes_per_second: numberIn(form, 'limits.bytes_per_second'),
    burst_seconds: numberIn(form, 'limits.burst_seconds'),
    spool_bytes: numberIn(form, 'limits.spool_bytes'),
    priority: text(form, 'limits.priority'),
    when_full: whenFull === '' ? null : whenFull,
  }
}

/** Empty: no bound. Digits only: in Vietnamese 1.000 is a thousand, and would be read as one. */
function numberIn(form: FormData, name: string): number | null {
  const typed = text(form, name).trim()
  if (typed === '') return null
  return /^\d{1,15}$/.test(typed) ? Number(typed) : Number.NaN
}
