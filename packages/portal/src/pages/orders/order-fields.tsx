import { foldVietnamese } from '@haidang/contracts/fold'
import type { Incident } from '@haidang/contracts/incident'
import { labels } from '@haidang/contracts/labels'
import type { ChosenAddressee } from '@haidang/contracts/order-addressing-api'
import type { CitableBasis } from '@haidang/contracts/order-basis'
import { useLingui } from '@lingui/react/macro'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Check, Field, Input, Select, Textarea } from '../../components/field.tsx'
import type { Errors } from '../../components/form.ts'
import { TlpOptions } from '../../components/options.tsx'
import { Section } from '../../components/page.tsx'
import { inputTime, secondsFromNow } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { AddresseeChoiceFields } from './addressee-choice.tsx'
import { BasisFields } from './basis-fields.tsx'

const dayInSeconds = 86_400

export function BasicFields({
  incident,
  bases,
  wrong,
}: {
  incident: Incident | undefined
  bases: readonly CitableBasis[]
  wrong: Errors
}) {
  const { t } = useLingui()
  const { label } = useWords()
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label={t`Trích yếu`} error={wrong['title']} className="sm:col-span-3">
        <Input
          name="title"
          maxLength={300}
          defaultValue={incident ? t`Ứng cứu sự cố: ${incident.title}`.slice(0, 300) : ''}
        />
      </Field>
      <Field label={t`Hình thức`}>
        <Select name="kind">
          {Object.keys(labels.orderKind).map((kind) => (
            <option key={kind} value={kind}>
              {label('orderKind', kind)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t`Độ khẩn`}>
        <Select
          name="urgency"
          defaultValue={incident?.severity === 'critical' ? 'immediate' : 'normal'}
        >
          {Object.keys(labels.urgency).map((urgency) => (
            <option key={urgency} value={urgency}>
              {label('urgency', urgency)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="TLP">
        <Select name="tlp" defaultValue={incident?.tlp ?? 'amber'}>
          <TlpOptions />
        </Select>
      </Field>
      <Field label={t`Hạn báo cáo`} help={t`Giờ Việt Nam`} error={wrong['report_due_at']}>
        <Input
          name="report_due_at"
          type="datetime-local"
          defaultValue={inputTime(secondsFromNow(dayInSeconds))}
        />
      </Field>
      <BasisFields bases={bases} wrong={wrong} className="sm:col-span-2" />
      <Field label={t`Tình hình`} error={wrong['situation']} className="sm:col-span-3">
        <Textarea
          name="situation"
          rows={5}
          maxLength={20_000}
          className="text-15"
          defaultValue={incident?.summary}
        />
      </Field>
    </div>
  )
}

interface AddresseeFieldsProps {
  readonly organisations: readonly { readonly id: string; readonly name: string }[]
  readonly chosen: ReadonlySet<string>
  readonly onChange: (chosen: ReadonlySet<string>) => void
  readonly onFound: (items: readonly ChosenAddressee[]) => void
  readonly wrong: string | undefined
}

/** Long lists are narrowed by typing. */
const searchFrom = 8

/** Lines shown at once; the others are found by typing. */
const mostShown = 200

export function AddresseeFields(props: AddresseeFieldsProps) {
  const { organisations, chosen, onChange, onFound, wrong } = props
  const { t } = useLingui()
  const { label } = useWords()
  const [search, setSearch] = useState('')
  const wanted = foldVietnamese(search)
  const matching = organisations.filter(({ name }) => foldVietnamese(name).includes(wanted))
  const shown = [
    ...matching.filter(({ id }) => chosen.has(id)),
    ...matching.filter(({ id }) => !chosen.has(id)),
  ].slice(0, mostShown)
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    onChange(next)
  }
  return (
    <Section title={t`Nơi nhận`} count={chosen.size || undefined}>
      {wrong ? (
        <p className="pt-1 font-medium text-12 text-critical">{t`Chưa chọn nơi nhận`}</p>
      ) : null}
      {organisations.length >= searchFrom ? (
        <Input
          aria-label={t`Tìm đơn vị`}
          placeholder={t`Tìm đơn vị`}
          onChange={(event) => setSearch(event.currentTarget.value)}
          className="mt-2"
        />
      ) : null}
      <AddresseeChoiceFields onFound={onFound} />
      <ul className="max-h-72 divide-y divide-line overflow-y-auto">
        {shown.map(({ id, name }) => (
          <li
            key={id}
            className="flex min-h-10 flex-wrap items-center justify-between gap-x-4 py-1"
          >
            <Check name={`to.${id}`} checked={chosen.has(id)} onChange={() => toggle(id)}>
              {name}
            </Check>
            {chosen.has(id) ? (
              <Select name={`role.${id}`} aria-label={t`Vai trò của ${name}`} className="w-36">
                {Object.keys(labels.addresseeRole).map((role) => (
                  <option key={role} value={role}>
                    {label('addresseeRole', role)}
                  </option>
                ))}
              </Select>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}

interface ActionFieldsProps {
  readonly rows: readonly string[]
  readonly onChange: (rows: readonly string[]) => void
  readonly wrong: Errors
}

export function ActionFields({ rows, onChange, wrong }: ActionFieldsProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const add = () =>
    onChange([...rows, `a${Math.max(...rows.map((row) => Number(row.slice(1)))) + 1}`])
  return (
    <Section title={t`Yêu cầu`} count={rows.length}>
      <div className="divide-y divide-line">
        {rows.map((row, index) => (
          <fieldset key={row} className="relative grid gap-3 py-4 sm:grid-cols-2">
            <legend className="sr-only">{t`Yêu cầu ${index + 1}`}</legend>
            <Field label={t`${index + 1}. Việc phải làm`}>
              <Select name={`${row}.kind`}>
                {Object.keys(labels.actionKind).map((kind) => (
                  <option key={kind} value={kind}>
                    {label('actionKind', kind)}
                  </option>
                ))}
              </Select>
            </Field>
            <Field label={t`Xong trước`} optional={t`không bắt buộc`}>
              <Input name={`${row}.due_at`} type="datetime-local" />
            </Field>
            <Field
              label={t`Nội dung`}
              error={wrong[`actions.${index}.text`]}
              className="sm:col-span-2"
            >
              <Textarea name={`${row}.text`} rows={2} maxLength={4000} className="text-15" />
            </Field>
            <Field
              label={t`Dấu hiệu kèm theo`}
              optional={t`không bắt buộc`}
              help={t`Địa chỉ, tên miền, mã băm; mỗi dòng một dấu hiệu`}
              className="sm:col-span-2"
            >
              <Textarea name={`${row}.indicators`} rows={2} className="font-mono text-12" />
            </Field>
            <Check name={`${row}.by_owner`}>{t`Mỗi đơn vị chỉ nhận dấu hiệu của chính mình`}</Check>
            {rows.length > 1 ? (
              <Button
                look="quiet"
                size="small"
                aria-label={t`Bỏ yêu cầu ${index + 1}`}
                className="absolute top-3 right-0"
                onClick={() => onChange(rows.filter((other) => other !== row))}
              >
                <X aria-hidden="true" className="size-4" />
              </Button>
            ) : null}
          </fieldset>
        ))}
      </div>
      <Button size="small" onClick={add}>
        <Plus aria-hidden="true" className="size-4" />
        {t`Thêm yêu cầu`}
      </Button>
    </Section>
  )
}
