import {
  ReleaseDecision,
  ReleaseField,
  ReleaseRule,
  type Treatment,
} from '@haidang/contracts/release'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Select } from '../../components/field.tsx'
import { type Errors, noErrors, submitted, text, useIssues } from '../../components/form.ts'
import { useWords } from '../../language/use-words.ts'
import { ScopeFields, scopeIn } from './scope-fields.tsx'

const blank: ReleaseRule = {
  name: '',
  streams: [],
  classes: [],
  categories: [],
  tlp: [],
  sources: [],
  systems: [],
  decision: 'keep',
  fields: [],
}

interface RuleDialogProps {
  /** Absent: a new one. */
  readonly rule: ReleaseRule | undefined
  readonly onGive: (rule: ReleaseRule) => void
  readonly onClose: () => void
}

/** Which records, and what becomes of them. */
export function RuleDialog({ rule = blank, onGive, onClose }: RuleDialogProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const issues = useIssues()
  const [decision, setDecision] = useState<ReleaseDecision>(rule.decision)
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const names = {
    name: t`Tên luật`,
    decision: t`Xử lý`,
    fields: t`Trường bị che`,
    sources: t`Nguồn`,
    classes: t`Lớp OCSF`,
    categories: t`Nhóm OCSF`,
  }
  const send = (form: FormData) => {
    const fields = decision === 'masked' ? treatmentsIn(form) : []
    const given = { name: text(form, 'name'), ...scopeIn(form), decision, fields }
    const read = ReleaseRule.safeParse(given)
    const found: Record<string, string> = { ...issues(read) }
    if (found['fields']) found['fields'] = t`Chọn ít nhất một trường để che`
    if (found['decision']) found['decision'] = t`Nhịp báo luôn rời nút; chọn chỉ gửi số lượng`
    setWrong(found)
    if (read.success) onGive(read.data)
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={rule.name === '' ? t`Thêm luật` : t`Sửa luật`}
      about={t`Bản ghi khớp mọi điều đã chọn thì được xử lý theo luật; luật đứng trước được xét trước.`}
    >
      <form noValidate onSubmit={submitted(send)} className="grid gap-4 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <ErrorSummary errors={wrong} names={names} />
        </div>
        <Field label={names.name} error={wrong['name']}>
          <Input name="name" defaultValue={rule.name} maxLength={120} />
        </Field>
        <Field label={names.decision} error={wrong['decision']}>
          <Select
            name="decision"
            value={decision}
            onChange={(event) => setDecision(ReleaseDecision.parse(event.currentTarget.value))}
          >
            {ReleaseDecision.options.map((one) => (
              <option key={one} value={one}>
                {label('releaseDecision', one)}
              </option>
            ))}
          </Select>
        </Field>
        {decision === 'masked' ? <TreatmentFields rule={rule} wrong={wrong['fields']} /> : null}
        <ScopeFields scope={rule} wrong={wrong} />
        <Acts className="sm:col-span-2">
          <Button look="primary" type="submit">
            {rule.name === '' ? t`Thêm vào bản nháp` : t`Sửa trong bản nháp`}
          </Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}

function TreatmentFields({ rule, wrong }: { rule: ReleaseRule; wrong: string | undefined }) {
  const { t } = useLingui()
  const { label } = useWords()
  const howOf = (field: ReleaseField) =>
    rule.fields.find((one) => one.field === field)?.how ?? 'none'
  const choices = (field: ReleaseField): Treatment[] =>
    field === 'ip' || field === 'own_ip' ? ['mask', 'hash', 'network'] : ['mask', 'hash']
  return (
    <fieldset className="flex flex-col gap-2 sm:col-span-2">
      <legend className="pb-1 font-medium text-13">{t`Trường bị che`}</legend>
      <p className="text-12 text-ink-3">
        {t`Giá trị bị che ở mọi chỗ nó xuất hiện; bản ghi gốc không rời nút. Mã thay thế giống nhau cho cùng một giá trị, khóa nằm lại nút này.`}
      </p>
      {wrong ? <p className="font-medium text-12 text-critical">{wrong}</p> : null}
      <div className="grid gap-2 sm:grid-cols-2">
        {ReleaseField.options.map((field) => (
          <Field key={field} label={label('releaseField', field)}>
            <Select name={`field-${field}`} defaultValue={howOf(field)}>
              <option value="none">{t`để nguyên`}</option>
              {choices(field).map((how) => (
                <option key={how} value={how}>
                  {label('treatment', how)}
                </option>
              ))}
            </Select>
          </Field>
        ))}
      </div>
    </fieldset>
  )
}

function treatmentsIn(form: FormData) {
  return ReleaseField.options
    .map((field) => ({ field, how: text(form, `field-${field}`) }))
    .filter(({ how }) => how !== 'none' && how !== '')
}
