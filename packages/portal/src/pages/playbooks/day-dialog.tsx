import { useLingui } from '@lingui/react/macro'
import { Field, Input, Textarea } from '../../components/field.tsx'
import { errorsOf, text } from '../../components/form.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { inputTime, secondsFromNow } from '../../format/instant.ts'

interface DayDialogProps {
  readonly title: string
  readonly about: string
  /** What the day is called, and the reason. */
  readonly day: string
  readonly reason: string
  readonly act: string
  readonly saving: { readonly error: unknown; readonly isPending: boolean }
  readonly onGive: (given: { day: string; reason: string }) => void
  readonly onClose: () => void
}

/** Asks from which day something holds, and why. */
export function DayDialog(props: DayDialogProps) {
  const { t } = useLingui()
  const wrong = errorsOf(props.saving.error)
  const today = inputTime(secondsFromNow(0)).slice(0, 10)
  return (
    <FormDialog
      title={props.title}
      about={props.about}
      wrong={wrong}
      names={{ reason: props.reason, valid_from: props.day, from: props.day }}
      saving={props.saving}
      act={props.act}
      onSend={(form) =>
        props.onGive({ day: text(form, 'day'), reason: text(form, 'reason').trim() })
      }
      onClose={props.onClose}
    >
      <Field label={props.day} error={wrong['valid_from'] ?? wrong['from']}>
        <Input type="date" name="day" defaultValue={today} min={today} required />
      </Field>
      <Field
        label={props.reason}
        help={t`Ít nhất ${3} ký tự`}
        error={wrong['reason']}
        className="sm:col-span-2"
      >
        <Textarea name="reason" maxLength={1_000} />
      </Field>
    </FormDialog>
  )
}
