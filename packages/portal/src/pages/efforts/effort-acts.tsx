import type { EffortSheet, EffortState } from '@haidang/contracts/effort'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { useMe } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { noErrors } from '../../components/form.ts'
import { ReasonDialog } from '../orders/reason-dialog.tsx'
import { CheckDialog } from './check-dialog.tsx'
import { EffortEditor } from './effort-editor.tsx'
import { PaymentDialog } from './payment-dialog.tsx'
import { useEffortAct } from './use-effort.ts'

const takenBack: readonly EffortState[] = ['draft', 'returned', 'submitted', 'checked', 'agreed']

/** What the reader's organisation may do with a sheet as it stands; the first is the one expected. */
export function EffortActs({ sheet }: { sheet: EffortSheet }) {
  const own = useMe().person?.organisation_id
  return (
    <>
      {sheet.organisation_id === own ? <ClaimantActs sheet={sheet} /> : null}
      {sheet.issuer_id === own ? <IssuerActs sheet={sheet} /> : null}
    </>
  )
}

type Asked = 'edit' | 'withdraw' | 'contest' | 'check' | 'return' | 'pay'

function ClaimantActs({ sheet }: { sheet: EffortSheet }) {
  const { t } = useLingui()
  const refusal = useRefusal()('effort.submit')
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  const params = { id: sheet.id }
  const { version, state } = sheet
  const submit = useEffortAct(
    () => api.efforts.submit({ params, body: { version } }),
    t`Đã trình bảng kê`,
  )
  const agree = useEffortAct(
    () => api.efforts.agree({ params, body: { version, verdict: 'agreed' } }),
    t`Đã thống nhất kết quả thẩm tra`,
  )
  const contest = useEffortAct(
    (note: string) => api.efforts.agree({ params, body: { version, verdict: 'contested', note } }),
    t`Đã gửi ý kiến về kết quả thẩm tra`,
    close,
  )
  const withdraw = useEffortAct(
    (reason: string) => api.efforts.withdraw({ params, body: { version, reason } }),
    t`Đã rút bảng kê`,
    close,
  )
  const isWritable = state === 'draft' || state === 'returned'
  return (
    <>
      <ErrorSummary errors={noErrors} error={submit.error ?? agree.error} />
      {isWritable ? (
        <>
          <Button
            look="primary"
            refusal={refusal}
            busy={submit.isPending}
            onClick={() => submit.mutate(undefined)}
          >
            {t`Trình`}
          </Button>
          <Button refusal={refusal} onClick={() => setAsked('edit')}>{t`Sửa…`}</Button>
        </>
      ) : null}
      {state === 'checked' ? (
        <>
          <Button
            look="primary"
            refusal={refusal}
            busy={agree.isPending}
            onClick={() => agree.mutate(undefined)}
          >
            {t`Thống nhất`}
          </Button>
          <Button refusal={refusal} onClick={() => setAsked('contest')}>
            {t`Không thống nhất…`}
          </Button>
        </>
      ) : null}
      {takenBack.includes(state) ? (
        <Button look="danger" refusal={refusal} onClick={() => setAsked('withdraw')}>
          {t`Rút bảng kê…`}
        </Button>
      ) : null}
      {asked === 'edit' ? (
        <EffortEditor orderId={sheet.order_id} sheet={sheet} onClose={close} />
      ) : null}
      {asked === 'contest' ? (
        <ReasonDialog
          title={t`Không thống nhất kết quả thẩm tra`}
          about={t`Bảng kê trở lại bước thẩm tra cùng ý kiến của đơn vị.`}
          label={t`Ý kiến`}
          act={t`Gửi ý kiến`}
          busy={contest.isPending}
          error={contest.error}
          onSend={contest.mutate}
          onClose={close}
        />
      ) : null}
      {asked === 'withdraw' ? (
        <ReasonDialog
          title={t`Rút bảng kê`}
          about={t`Bảng kê đã rút không mở lại được; có thể lập bảng kê khác.`}
          label={t`Lý do rút`}
          act={t`Rút`}
          busy={withdraw.isPending}
          error={withdraw.error}
          onSend={withdraw.mutate}
          onClose={close}
        />
      ) : null}
    </>
  )
}

function IssuerActs({ sheet }: { sheet: EffortSheet }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  const params = { id: sheet.id }
  const { version, state } = sheet
  const giveBack = useEffortAct(
    (reason: string) => api.efforts.return({ params, body: { version, reason } }),
    t`Đã trả lại bảng kê`,
    close,
  )
  const approve = useEffortAct(
    () => api.efforts.approve({ params, body: { version } }),
    t`Đã phê duyệt bảng kê`,
  )
  return (
    <>
      <ErrorSummary errors={noErrors} error={approve.error} />
      {state === 'submitted' ? (
        <Button
          look="primary"
          refusal={refusal('effort.check')}
          onClick={() => setAsked('check')}
        >{t`Thẩm tra…`}</Button>
      ) : null}
      {state === 'agreed' ? (
        <Button
          look="primary"
          refusal={refusal('effort.approve')}
          busy={approve.isPending}
          onClick={() => approve.mutate(undefined)}
        >{t`Phê duyệt`}</Button>
      ) : null}
      {state === 'submitted' || state === 'agreed' ? (
        <Button refusal={refusal('effort.check')} onClick={() => setAsked('return')}>
          {t`Trả lại…`}
        </Button>
      ) : null}
      {state === 'approved' ? (
        <Button
          look="primary"
          refusal={refusal('effort.approve')}
          onClick={() => setAsked('pay')}
        >{t`Ghi chi trả…`}</Button>
      ) : null}
      {asked === 'check' ? <CheckDialog sheet={sheet} onClose={close} /> : null}
      {asked === 'pay' ? <PaymentDialog sheet={sheet} onClose={close} /> : null}
      {asked === 'return' ? (
        <ReasonDialog
          title={t`Trả lại bảng kê`}
          about={t`Đơn vị sửa rồi trình lại.`}
          label={t`Lý do`}
          act={t`Trả lại`}
          busy={giveBack.isPending}
          error={giveBack.error}
          onSend={giveBack.mutate}
          onClose={close}
        />
      ) : null}
    </>
  )
}
