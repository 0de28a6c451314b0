import type { Addressee, Order } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { useMe } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { noErrors } from '../../components/form.ts'
import { Ladder } from '../../components/ladder.tsx'
import { Section } from '../../components/page.tsx'
import { useKeys } from '../../keys/keyboard.ts'
import { printed } from '../../keys/sheet.ts'
import { AnswerDialog, type AnswerStep } from './answer-dialog.tsx'
import { Entries } from './entries.tsx'
import { useOrderStep } from './use-order-step.ts'

/** What an addressee may do next; the first is the one expected. */
function answersAt(step: Addressee['step']): readonly AnswerStep[] {
  switch (step) {
    case 'issued':
    case 'delivered':
    case 'read':
      return ['accepted', 'disputed']
    case 'accepted':
    case 'returned':
      return ['acting']
    case 'acting':
      return ['completed', 'progressed']
    default:
      return []
  }
}

/** The addressee's own ladder, and the next step to take on it. */
export function AddresseeView({ order }: { order: Order }) {
  const { t } = useLingui()
  const home = useMe().person?.organisation_id
  const own =
    order.addressees.find(({ organisation_id }) => organisation_id === home) ?? order.addressees[0]
  if (!own) return null
  return (
    <Section
      title={t`Đơn vị trả lời`}
      acts={
        order.state === 'issued' && !own.withdrawn_at ? <Answers order={order} own={own} /> : null
      }
    >
      {own.withdrawn_at ? (
        <p className="py-2 font-medium">{t`Lệnh đã thu hồi đối với đơn vị: ${own.withdrawal}`}</p>
      ) : null}
      <div className="py-4">
        <Ladder addressee={own} />
      </div>
      <Entries order={order} addressee={own} />
    </Section>
  )
}

function Answers({ order, own }: { order: Order; own: Addressee }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const answer = refusal('order.answer')
  const [asked, setAsked] = useState<AnswerStep | null>(null)
  const step = useOrderStep((variables: { step: 'read' | AnswerStep }) =>
    api.orders.answer({
      params: { id: order.id },
      body: { organisation_id: own.organisation_id, step: variables.step, version: order.version },
    }),
  )
  useReadOnce(order, own, answer === undefined)
  const next = answersAt(own.step)
  const words: Record<AnswerStep, string> = {
    accepted: t`Tiếp nhận lệnh`,
    disputed: t`Có ý kiến khác…`,
    acting: t`Bắt đầu thực hiện`,
    progressed: t`Báo cáo tiến độ…`,
    completed: t`Báo cáo hoàn thành…`,
  }
  const take = (name: AnswerStep) => {
    if (name === 'accepted' || name === 'acting') step.mutate({ step: name })
    else setAsked(name)
  }
  const first = next[0]
  useKeys(first && !answer ? { primary: () => take(first) } : {})
  return (
    <>
      <ErrorSummary errors={noErrors} error={step.error} />
      {next.map((name, index) => (
        <Button
          key={name}
          size="small"
          look={index === 0 ? 'primary' : 'plain'}
          keys={index === 0 ? printed('primary') : undefined}
          refusal={answer}
          busy={step.isPending}
          onClick={() => take(name)}
        >
          {words[name]}
        </Button>
      ))}
      {asked ? (
        <AnswerDialog
          order={order}
          own={own}
          step={asked}
          title={words[asked].replace('…', '')}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </>
  )
}

/** Opening the page is reading the order; the ladder says so, once. */
function useReadOnce(order: Order, own: Addressee, allowed: boolean): void {
  const sent = useRef(false)
  const unread = own.step === 'issued' || own.step === 'delivered'
  const read = useOrderRead(order.id, own.organisation_id)
  useEffect(() => {
    if (!unread || !allowed || sent.current) return
    sent.current = true
    read()
  }, [unread, allowed, read])
}

function useOrderRead(id: string, organisationId: string): () => void {
  const { mutate } = useOrderStep(({ step }: { step: 'read' }) =>
    api.orders.answer({ params: { id }, body: { organisation_id: organisationId, step } }),
  )
  const run = useRef(() => mutate({ step: 'read' }))
  return run.current
}
