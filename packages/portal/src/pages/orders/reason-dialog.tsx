import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'

interface ReasonDialogProps {
  readonly title: string
  readonly about: ReactNode
  readonly label: string
  readonly act: string
  readonly busy: boolean
  readonly error: Error | null
  /** Not asked for unless it must be given. */
  readonly optional?: boolean
  readonly onSend: (reason: string) => void
  readonly onClose: () => void
}

/** An act that wants a reason in words. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { t } = useLingui()
  const { optional = false } = props
  return (
    <Dialog open onClose={props.onClose} title={props.title} about={props.about}>
      <form
        onSubmit={submitted((form) => props.onSend(text(form, 'reason').trim()))}
        className="flex flex-col gap-4"
      >
        <ErrorSummary errors={noErrors} error={props.error} />
        <Field label={props.label} optional={optional ? t`không bắt buộc` : undefined}>
          <Textarea
            name="reason"
            required={!optional}
            minLength={optional ? undefined : 3}
            maxLength={2000}
            autoFocus
          />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={props.busy}>
            {props.act}
          </Button>
          <Button look="quiet" onClick={props.onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
