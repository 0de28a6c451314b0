import { useLingui } from '@lingui/react/macro'
import { Field, Textarea } from '../../components/field.tsx'
import type { Errors } from '../../components/form.ts'

/** Why something is asked for, told to whoever decides. */
export function ReasonField({ wrong, className }: { wrong: Errors; className?: string }) {
  const { t } = useLingui()
  return (
    <Field label={t`Lý do`} error={wrong['reason']} {...(className ? { className } : {})}>
      <Textarea name="reason" required minLength={3} maxLength={1_000} />
    </Field>
  )
}
