import type { Addressee, Order } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { useWords } from '../../language/use-words.ts'
import { ReleaseButton } from './release.tsx'
import { useOrderStep } from './use-order-step.ts'

type Verdict = 'verified' | 'returned' | 'closed'

/** The issuer's steps on one ladder: confirm the result, send it back, close. */
export function JudgeButtons({ order, addressee }: { order: Order; addressee: Addressee }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const issue = refusal('order.issue')
  if (order.state !== 'issued' || addressee.withdrawn_at) return null
  return (
    <>
      {addressee.step === 'completed' ? (
        <>
          <Button
            size="small"
            look="primary"
            refusal={issue}
            onClick={() => setVerdict('verified')}
          >
            {t`Xác nhận kết quả`}
          </Button>
          <Button size="small" refusal={issue} onClick={() => setVerdict('returned')}>
            {t`Trả lại…`}
          </Button>
        </>
      ) : null}
      {addressee.step === 'disputed' ? (
        <Button size="small" refusal={issue} onClick={() => setVerdict('returned')}>
          {t`Giữ nguyên yêu cầu…`}
        </Button>
      ) : null}
      {addressee.step === 'verified' ? (
        <Button size="small" look="primary" refusal={issue} onClick={() => setVerdict('closed')}>
          {t`Đóng phần của đơn vị`}
        </Button>
      ) : null}
      {addressee.step === 'closed' ? null : <ReleaseButton order={order} addressee={addressee} />}
      {verdict ? (
        <JudgeDialog
          order={order}
          addressee={addressee}
          verdict={verdict}
          onClose={() => setVerdict(null)}
        />
      ) : null}
    </>
  )
}

interface JudgeDialogProps {
  readonly order: Order
  readonly addressee: Addressee
  readonly verdict: Verdict
  readonly onClose: () => void
}

function JudgeDialog({ order, addressee, verdict, onClose }: JudgeDialogProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const [missing, setMissing] = useState(false)
  const judge = useOrderStep(
    ({ step, note }: { step: Verdict; note: string }) =>
      api.orders.judge({
        params: { id: order.id },
        body: {
          organisation_id: addressee.organisation_id,
          step,
          note,
          version: order.version,
          seen: addressee.entries.at(-1)?.id,
        },
      }),
    onClose,
  )
  const send = (form: FormData) => {
    const note = text(form, 'note').trim()
    if (verdict === 'returned' && !note) setMissing(true)
    else judge.mutate({ step: verdict, note })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={label('ladderStep', verdict)}
      about={addressee.organisation_name}
    >
      <form noValidate onSubmit={submitted(send)} className="flex flex-col gap-4">
        <ErrorSummary errors={noErrors} error={judge.error} />
        <Field
          label={verdict === 'returned' ? t`Lý do, việc cần làm thêm` : t`Nhận xét`}
          optional={verdict === 'returned' ? undefined : t`không bắt buộc`}
          error={missing ? t`Nêu lý do để đơn vị biết cần làm gì` : undefined}
        >
          <Textarea name="note" rows={4} maxLength={10_000} autoFocus />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={judge.isPending}>{t`Xác nhận`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
