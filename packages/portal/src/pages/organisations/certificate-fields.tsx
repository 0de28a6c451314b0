import type { ExpertCertificate } from '@haidang/contracts/expert'
import { useLingui } from '@lingui/react/macro'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field, Input } from '../../components/field.tsx'
import { type Errors, text } from '../../components/form.ts'

const most = 30

/** The certificates a form says, in their order. */
export function certificatesIn(form: FormData) {
  return form.getAll('certificate').map((key) => ({
    name: text(form, `certificates.${key}.name`),
    issuer: text(form, `certificates.${key}.issuer`),
    valid_from: text(form, `certificates.${key}.valid_from`) || null,
    valid_to: text(form, `certificates.${key}.valid_to`) || null,
  }))
}

interface CertificateFieldsProps {
  readonly certificates: readonly ExpertCertificate[]
  readonly wrong: Errors
}

/** Certificates of somebody, one row of fields each; rows come and go. */
export function CertificateFields({ certificates, wrong }: CertificateFieldsProps) {
  const { t } = useLingui()
  const [rows, setRows] = useState(() => certificates.map((kept, key) => ({ key, kept })))
  const add = () => {
    const key = Math.max(-1, ...rows.map((row) => row.key)) + 1
    const kept = { name: '', issuer: '', valid_from: null, valid_to: null }
    setRows([...rows, { key, kept }])
  }
  return (
    <fieldset className="flex flex-col gap-3 sm:col-span-2">
      <legend className="pb-1 font-medium text-13">{t`Chứng chỉ`}</legend>
      {rows.map(({ key, kept }, place) => {
        const field = (name: string) => `certificates.${key}.${name}`
        const error = (name: string) => wrong[`certificates.${place}.${name}`]
        return (
          <div key={key} className="grid gap-3 rounded-control border p-3 sm:grid-cols-2">
            <input type="hidden" name="certificate" value={key} />
            <Field label={t`Tên chứng chỉ`} error={error('name')}>
              <Input name={field('name')} defaultValue={kept.name} />
            </Field>
            <Field label={t`Nơi cấp`} error={error('issuer')}>
              <Input name={field('issuer')} defaultValue={kept.issuer} />
            </Field>
            <Field label={t`Có giá trị từ`} error={error('valid_from')}>
              <Input name={field('valid_from')} type="date" defaultValue={kept.valid_from ?? ''} />
            </Field>
            <Field label={t`Đến hết`} help={t`Để trống: không hết hạn`} error={error('valid_to')}>
              <Input name={field('valid_to')} type="date" defaultValue={kept.valid_to ?? ''} />
            </Field>
            <Button
              size="small"
              look="quiet"
              className="justify-self-start"
              onClick={() => setRows(rows.filter((row) => row.key !== key))}
            >
              {t`Bỏ chứng chỉ này`}
            </Button>
          </div>
        )
      })}
      {rows.length < most ? (
        <Button size="small" className="self-start" onClick={add}>
          <Plus aria-hidden="true" className="size-4" />
          {t`Thêm chứng chỉ`}
        </Button>
      ) : null}
    </fieldset>
  )
}
