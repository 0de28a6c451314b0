import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Acts, Dialog } from './dialog.tsx'
import { ErrorSummary } from './error-summary.tsx'
import { type Errors, submitted } from './form.ts'

interface FormDialogProps {
  readonly title: ReactNode
  readonly about?: ReactNode
  /** Words for fields in the summary of what is wrong. */
  readonly names?: Readonly<Record<string, string>>
  readonly wrong: Errors
  readonly saving: { readonly error: unknown; readonly isPending: boolean }
  /** What its button says, where that is not to save. */
  readonly act?: string
  readonly onSend: (form: FormData) => void
  readonly onClose: () => void
  readonly children: ReactNode
  /** What else can be done about the same object, outside of the form. */
  readonly after?: ReactNode
}

/** A dialog that is one form of two columns: what is wrong above its fields, the act below them. */
export function FormDialog(props: FormDialogProps) {
  const { t } = useLingui()
  const { title, about, names, wrong, saving, act, onSend, onClose, children, after } = props
  return (
    <Dialog open wide {...{ title, about, onClose }}>
      <form noValidate onSubmit={submitted(onSend)} className="grid gap-4 sm:grid-cols-2">
        <div className="empty:hidden sm:col-span-2">
          <ErrorSummary errors={wrong} error={saving.error} {...(names ? { names } : {})} />
        </div>
        {children}
        <Acts className="sm:col-span-2">
          <Button look="primary" type="submit" busy={saving.isPending}>
            {act ?? t`Lưu`}
          </Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
      {after}
    </Dialog>
  )
}
