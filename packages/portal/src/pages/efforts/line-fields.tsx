import type { EffortLineDraft, EffortRules } from '@haidang/contracts/effort'
import { useLingui } from '@lingui/react/macro'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field, Input, Select } from '../../components/field.tsx'
import { NamedOptions } from '../../components/options.tsx'
import { useWords } from '../../language/use-words.ts'

interface LineFieldsProps {
  /** Names its fields; stays when lines before it go. */
  readonly place: number
  readonly title: string
  readonly line: EffortLineDraft | undefined
  readonly rules: EffortRules
  readonly wrong: (field: keyof EffortLineDraft) => string | undefined
  readonly onRemove: (() => void) | undefined
}

/** One line of a sheet: what it was, how much of it, at what price, by which norm. */
export function LineFields({ place, title, line, rules, wrong, onRemove }: LineFieldsProps) {
  const { t } = useLingui()
  const { language, number } = useWords()
  const [kind, setKind] = useState(line?.kind ?? rules.kinds[0]?.id ?? '')
  const units = rules.kinds.find(({ id }) => id === kind)?.units ?? []
  return (
    <fieldset className="flex flex-col gap-3 border-line border-t pt-3">
      <legend className="flex items-center gap-2 pr-2 font-semibold text-13">
        {title}
        {onRemove ? (
          <Button look="quiet" size="small" aria-label={t`Bỏ ${title}`} onClick={onRemove}>
            <Trash2 aria-hidden="true" className="size-4" />
          </Button>
        ) : null}
      </legend>
      <div className="grid gap-3 sm:grid-cols-[200px_minmax(0,1fr)]">
        <Field label={t`Loại`} error={wrong('kind')}>
          <Select
            name={`kind.${place}`}
            value={kind}
            onChange={({ currentTarget }) => setKind(currentTarget.value)}
          >
            <NamedOptions of={rules.kinds.map(({ id, name }) => ({ id, name: name[language] }))} />
          </Select>
        </Field>
        <Field label={t`Nội dung công việc`} error={wrong('text')}>
          <Input name={`text.${place}`} maxLength={500} defaultValue={line?.text} />
        </Field>
      </div>
      <div className="grid gap-3 sm:grid-cols-4">
        <Field label={t`Số lượng`} error={wrong('quantity')}>
          <Input
            name={`quantity.${place}`}
            inputMode="decimal"
            defaultValue={line ? number(line.quantity, 3) : ''}
          />
        </Field>
        <Field label={t`Đơn vị tính`} error={wrong('unit')}>
          <Select key={kind} name={`unit.${place}`} defaultValue={line?.unit}>
            <NamedOptions of={units.map((unit) => ({ id: unit, name: unit }))} />
          </Select>
        </Field>
        <Field label={t`Đơn giá (đồng)`} error={wrong('unit_price')}>
          <Input
            name={`unit_price.${place}`}
            inputMode="numeric"
            defaultValue={line ? number(line.unit_price) : ''}
          />
        </Field>
        <Field label={t`Căn cứ, định mức`} error={wrong('basis')}>
          <Input name={`basis.${place}`} maxLength={300} defaultValue={line?.basis} />
        </Field>
      </div>
    </fieldset>
  )
}
