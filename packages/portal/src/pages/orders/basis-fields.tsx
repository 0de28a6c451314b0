import type { CitableBasis } from '@haidang/contracts/order-basis'
import { useLingui } from '@lingui/react/macro'
import { Check, Field, Textarea } from '../../components/field.tsx'
import type { Errors } from '../../components/form.ts'
import { Pill } from '../../components/pill.tsx'
import { plainDate } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { basisField } from './order-draft.ts'

interface BasisFieldsProps {
  readonly bases: readonly CitableBasis[]
  readonly wrong: Errors
  readonly className: string
}

/** What an order rests on: entries of the regulation profiles, and further documents in one's own words. */
export function BasisFields({ bases, wrong, className }: BasisFieldsProps) {
  const { t } = useLingui()
  const { language } = useWords()
  const isWrong = Object.keys(wrong).some((field) => field.startsWith('bases'))
  return (
    <fieldset className={cn('flex min-w-0 flex-col gap-2', className)}>
      <legend className="pb-1 font-medium text-13">{t`Căn cứ`}</legend>
      {isWrong ? (
        <p className="font-medium text-12 text-critical">{t`Bỏ căn cứ hết hiệu lực, chọn căn cứ thay thế`}</p>
      ) : null}
      {bases.map((basis) => (
        <div
          key={basisField(basis)}
          // What ended is shown to those only whose draft still cites it.
          className={basis.in_force ? undefined : 'hidden has-[:checked]:block'}
        >
          <Check name={basisField(basis)}>
            <span title={basis.text}>{basis.name[language]}</span>{' '}
            {basis.provisional ? <Pill tone="medium">{t`tạm thời`}</Pill> : null}
          </Check>
          <p className="pl-6 text-12 text-ink-3">{basis.clause}</p>
          {basis.in_force ? null : (
            <p className="pl-6 font-medium text-12 text-critical">
              <Ended basis={basis} bases={bases} />
            </p>
          )}
        </div>
      ))}
      <Field
        label={t`Văn bản khác`}
        optional={t`không bắt buộc`}
        help={t`Mỗi văn bản một dòng`}
        error={wrong['legal_basis']}
      >
        <Textarea name="legal_basis" rows={2} />
      </Field>
    </fieldset>
  )
}

function Ended({ basis, bases }: { basis: CitableBasis; bases: readonly CitableBasis[] }) {
  const { t } = useLingui()
  const { language } = useWords()
  const day = basis.ended ? plainDate(basis.ended) : ''
  const next = bases.find(({ id, in_force }) => in_force && id === basis.successor)
  if (next) return t`Hết hiệu lực sau ngày ${day}: bỏ chọn, dùng ${next.name[language]}`
  return t`Hết hiệu lực sau ngày ${day}: bỏ chọn, dùng căn cứ đang hiệu lực`
}
