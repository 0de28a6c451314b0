import type { Source } from '@haidang/contracts/source'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import { Acts } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { type Errors, errorsOf, noErrors, submitted } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'

interface SourceFormProps<C> {
  readonly names: Readonly<Record<string, string>>
  readonly wrong: Errors
  readonly onWrong: (errors: Errors) => void
  /** The change the fields ask for; undefined: something is wrong with them. */
  readonly read: (form: FormData) => C | undefined
  readonly save: (change: C) => Promise<Source>
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Changes part of a source: errors above, fields, save or leave. */
export function SourceForm<C>(props: SourceFormProps<C>) {
  const { names, wrong, onWrong, read, save, onClose, children } = props
  const { t } = useLingui()
  const client = useQueryClient()
  const saving = useMutation({
    mutationFn: save,
    onSuccess: ({ name }) => {
      void client.invalidateQueries({ queryKey: ['sources'] })
      say(t`Đã lưu nguồn ${name}`)
      onClose()
    },
    onError: (error) => onWrong(errorsOf(error)),
  })
  const send = (form: FormData) => {
    onWrong(noErrors)
    const change = read(form)
    if (change !== undefined) saving.mutate(change)
  }
  return (
    <form noValidate onSubmit={submitted(send)} className="grid gap-4 sm:grid-cols-2">
      <div className="empty:hidden sm:col-span-2">
        <ErrorSummary errors={wrong} error={saving.error} names={names} />
      </div>
      {children}
      <Acts className="sm:col-span-2">
        <Button look="primary" type="submit" busy={saving.isPending}>{t`Lưu nguồn`}</Button>
        <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
      </Acts>
    </form>
  )
}
