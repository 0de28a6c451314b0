import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
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
  readonly danger?: boolean
  readonly error: unknown
  readonly busy: boolean
  readonly onGive: (reason: string) => void
  readonly onClose: () => void
}

/** Asks why before something with consequences is done. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { t } = useLingui()
  const [missing, setMissing] = useState(false)
  const send = (form: FormData) => {
    const reason = text(form, 'reason').trim()
    setMissing(reason.length < 3)
    if (reason.length >= 3) props.onGive(reason)
  }
  return (
    <Dialog open onClose={props.onClose} title={props.title} about={props.about}>
      <form noValidate onSubmit={submitted(send)} className="flex flex-col gap-4">
        <ErrorSummary errors={noErrors} error={props.error} />
        <Field label={props.label} error={missing ? t`Cần ít nhất ${3} ký tự` : undefined}>
          <Textarea name="reason" maxLength={4000} />
        </Field>
        <Acts>
          <Button look={props.danger ? 'danger' : 'primary'} type="submit" busy={props.busy}>
            {props.act}
          </Button>
          <Button look="quiet" onClick={props.onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
