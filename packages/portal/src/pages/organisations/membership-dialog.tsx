import type { MembershipAct } from '@haidang/contracts/membership'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Textarea } from '../../components/field.tsx'
import { type Errors, errorsOf, noErrors, submitted, text } from '../../components/form.ts'
import { useWords } from '../../language/use-words.ts'

interface MembershipDialogProps {
  readonly id: string
  readonly act: Exclude<MembershipAct, 'apply'>
  readonly onClose: () => void
}

/** Asks why a membership is moved on, and for the agreement where one is signed. */
export function MembershipDialog({ id, act, onClose }: MembershipDialogProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const client = useQueryClient()
  const manages = useRefusal()('membership.manage') === undefined
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const move = useMutation({
    mutationFn: (form: FormData) => {
      const reason = text(form, 'reason')
      if (act === 'leave' && !manages) {
        return api.memberships.leave({ params: { id }, body: { reason } })
      }
      return api.memberships.move({
        params: { id },
        body: {
          act,
          reason,
          ...(act === 'sign'
            ? { agreement: { number: text(form, 'number'), date: text(form, 'date') } }
            : {}),
        },
      })
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['organisations'] })
      onClose()
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  return (
    <Dialog open onClose={onClose} title={label('membershipAct', act)}>
      <form onSubmit={submitted((form) => move.mutate(form))} className="flex flex-col gap-4">
        <ErrorSummary errors={wrong} error={move.error} />
        {act === 'sign' ? (
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t`Số thỏa thuận`} error={wrong['agreement.number']}>
              <Input name="number" required maxLength={100} />
            </Field>
            <Field label={t`Ngày ký`} error={wrong['agreement.date']}>
              <Input name="date" type="date" required />
            </Field>
          </div>
        ) : null}
        <Field label={t`Lý do, căn cứ`} error={wrong['reason']}>
          <Textarea name="reason" required minLength={3} maxLength={1_000} data-first />
        </Field>
        <Acts>
          <Button
            look={act === 'refuse' || act === 'suspend' || act === 'leave' ? 'danger' : 'primary'}
            type="submit"
            busy={move.isPending}
          >
            {label('membershipAct', act)}
          </Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
