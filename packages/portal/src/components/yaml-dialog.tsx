import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Button } from './button.tsx'
import { Acts, Dialog } from './dialog.tsx'
import { ErrorSummary } from './error-summary.tsx'
import { Field, Textarea } from './field.tsx'
import { errorsOf, noErrors, submitted, text } from './form.ts'

interface YamlDialogProps {
  readonly title: string
  readonly about: string
  /** Takes the text as a draft; what it rejects with is shown, and the dialog stays. */
  readonly read: (text: string) => Promise<void>
  readonly onClose: () => void
}

/** Asks for YAML that becomes a draft. */
export function YamlDialog({ title, about, read, onClose }: YamlDialogProps) {
  const { t } = useLingui()
  const reading = useMutation({ mutationFn: read, onSuccess: onClose })
  return (
    <Dialog open wide onClose={onClose} title={title} about={about}>
      <form
        noValidate
        onSubmit={submitted((form) => reading.mutate(text(form, 'text')))}
        className="flex flex-col gap-4"
      >
        <ErrorSummary
          errors={reading.error ? errorsOf(reading.error) : noErrors}
          error={reading.error}
        />
        <Field label={t`Nội dung YAML`}>
          <Textarea name="text" rows={14} className="font-mono text-12" spellCheck={false} />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={reading.isPending}>
            {t`Đọc vào bản nháp`}
          </Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
