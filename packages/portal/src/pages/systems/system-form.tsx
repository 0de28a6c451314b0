import { Importance, type InformationSystem, LevelApproval } from '@haidang/contracts/system'
import { useLingui } from '@lingui/react/macro'
import { useRef } from 'react'
import { useOrganisations } from '../../api/organisations.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Check, Field, Input, Select, Textarea } from '../../components/field.tsx'
import { type Errors, submitted, text } from '../../components/form.ts'
import { NamedOptions, TlpOptions } from '../../components/options.tsx'
import { gutter } from '../../components/page.tsx'
import { useWords } from '../../language/use-words.ts'
import { AudiencePreview } from '../sharing/audience-preview.tsx'
import { nobody } from '../sharing/told-fields.tsx'
import { useReach } from '../sharing/use-reach.ts'

/** What the form says, for the contract to judge. */
export function draftIn(form: FormData) {
  const level = text(form, 'level')
  const number = text(form, 'level_decision.number').trim()
  const decision = {
    number,
    date: text(form, 'level_decision.date'),
    authority: text(form, 'level_decision.authority'),
  }
  const isDecided = Object.values(decision).some((value) => value.trim() !== '')
  return {
    organisation_id: text(form, 'organisation_id'),
    operator_id: text(form, 'operator_id') || null,
    code: text(form, 'code'),
    name: text(form, 'name'),
    purpose: text(form, 'purpose'),
    tlp: text(form, 'tlp'),
    level: level === '' ? null : Number(level),
    level_approval: text(form, 'level_approval'),
    level_decision: isDecided ? decision : null,
    importance: Importance.options.filter((word) => form.has(word)),
  }
}

interface SystemFieldsProps {
  readonly system?: InformationSystem | undefined
  readonly wrong: Errors
}

interface SystemFormProps extends SystemFieldsProps {
  readonly error: unknown
  readonly busy: boolean
  /** What the button that sends says. */
  readonly act: string
  readonly onSend: (form: FormData) => void
}

/** What identifies a system, asked for or changed. */
export function SystemForm({ system, wrong, error, busy, act, onSend }: SystemFormProps) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const form = useRef<HTMLFormElement>(null)
  const { reach, onInput } = useReach(form, {
    organisation_id: system?.organisation_id ?? '',
    tlp: system?.tlp ?? 'amber',
  })
  const { organisation_id, operator_id, tlp } = reach
  const parties = operator_id ? [operator_id] : []
  return (
    <form
      ref={form}
      noValidate
      onSubmit={submitted(onSend)}
      onInput={onInput}
      className={`flex max-w-3xl flex-col gap-4 pb-16 ${gutter}`}
    >
      <ErrorSummary errors={wrong} error={error} names={{ name: t`Tên hệ thống`, code: t`Mã` }} />
      <SystemFields system={system} wrong={wrong} />
      <AudiencePreview draft={{ kind: 'system', organisation_id, tlp, told_to: nobody, parties }} />
      <Acts className="border-t">
        <Button look="primary" type="submit" busy={busy} refusal={refusal('system.manage')}>
          {act}
        </Button>
        <Button look="quiet" onClick={() => window.history.back()}>{t`Thôi`}</Button>
      </Acts>
    </form>
  )
}

/** What identifies a system and how it is protected. */
function SystemFields({ system, wrong }: SystemFieldsProps) {
  const { t } = useLingui()
  const { label } = useWords()
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t`Tên hệ thống`} error={wrong['name']} className="sm:col-span-2">
        <Input name="name" defaultValue={system?.name} autoFocus />
      </Field>
      <Field label={t`Mã`} help={t`Riêng trong mỗi chủ quản`} error={wrong['code']}>
        <Input name="code" defaultValue={system?.code} className="font-mono" />
      </Field>
      <Field label={t`Mức chia sẻ (TLP)`} error={wrong['tlp']}>
        <Select name="tlp" defaultValue={system?.tlp ?? 'amber'}>
          <TlpOptions />
        </Select>
      </Field>
      <OrganisationFields system={system} wrong={wrong} />
      <Field label={t`Mục đích sử dụng`} error={wrong['purpose']} className="sm:col-span-2">
        <Textarea name="purpose" defaultValue={system?.purpose} />
      </Field>
      <LevelFields system={system} wrong={wrong} />
      <fieldset className="flex flex-wrap gap-x-6 gap-y-2 sm:col-span-2">
        <legend className="pb-1 font-medium text-13">{t`Tầm quan trọng`}</legend>
        {Importance.options.map((word) => (
          <Check key={word} name={word} defaultChecked={system?.importance.includes(word) ?? false}>
            {label('importance', word)}
          </Check>
        ))}
      </fieldset>
    </div>
  )
}

function OrganisationFields({ system, wrong }: SystemFieldsProps) {
  const { t } = useLingui()
  const organisations = useOrganisations(
    system ? { id: system.organisation_id, name: system.organisation_name } : undefined,
  )
  const options = <NamedOptions of={organisations} />
  return (
    <>
      {system ? null : (
        <Field label={t`Chủ quản`} error={wrong['organisation_id']}>
          <Select name="organisation_id">{options}</Select>
        </Field>
      )}
      <Field label={t`Đơn vị vận hành`} error={wrong['operator_id']}>
        <Select
          key={organisations.length}
          name="operator_id"
          defaultValue={system?.operator_id ?? ''}
        >
          <option value="">{t`Chủ quản tự vận hành`}</option>
          {options}
        </Select>
      </Field>
    </>
  )
}

function LevelFields({ system, wrong }: SystemFieldsProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const decision = system?.level_decision
  return (
    <>
      <Field label={t`Cấp độ`} error={wrong['level']}>
        <Select name="level" defaultValue={String(system?.level ?? '')}>
          <option value="">{t`Chưa xác định`}</option>
          {[1, 2, 3, 4, 5].map((level) => (
            <option key={level} value={level}>
              {level}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t`Hồ sơ cấp độ`}>
        <Select name="level_approval" defaultValue={system?.level_approval ?? 'drafting'}>
          {LevelApproval.options.map((state) => (
            <option key={state} value={state}>
              {label('levelApproval', state)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t`Số quyết định`} error={wrong['level_decision.number']}>
        <Input name="level_decision.number" defaultValue={decision?.number} />
      </Field>
      <Field label={t`Ngày quyết định`} error={wrong['level_decision.date']}>
        <Input name="level_decision.date" type="date" defaultValue={decision?.date} />
      </Field>
      <Field
        label={t`Cơ quan phê duyệt`}
        error={wrong['level_decision.authority']}
        className="sm:col-span-2"
      >
        <Input name="level_decision.authority" defaultValue={decision?.authority} />
      </Field>
    </>
  )
}
