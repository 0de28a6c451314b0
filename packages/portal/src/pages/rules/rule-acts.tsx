import type { FullLibraryRule } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { useMe } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { useKeys } from '../../keys/keyboard.ts'
import { printed } from '../../keys/sheet.ts'
import { ReviewDialog } from './review-dialog.tsx'
import { TuneDialog } from './tune-dialog.tsx'
import { useRuleAct } from './use-rule-act.ts'
import { WithdrawDialog } from './withdraw-dialog.tsx'

type Asked = 'approved' | 'returned' | 'withdraw' | 'tune'

/** What can be done with a rule in its state; the step that comes next stands first and has the key. */
export function RuleActs({ rule }: { rule: FullLibraryRule }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const navigate = useNavigate()
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  const write = refusal('rule.write')
  return (
    <>
      {rule.status === 'draft' ? <SubmitButton rule={rule} /> : null}
      {rule.status === 'in_review' ? <ReviewButtons rule={rule} onAsk={setAsked} /> : null}
      <Button
        refusal={write}
        onClick={() => void navigate({ to: '/rules/library/$id/edit', params: { id: rule.id } })}
      >
        {t`Sửa thành bản mới`}
      </Button>
      {rule.status === 'withdrawn' ? null : (
        <>
          <Button refusal={write} onClick={() => setAsked('tune')}>{t`Tinh chỉnh…`}</Button>
          <Button
            look="danger"
            refusal={refusal('rule.review')}
            onClick={() => setAsked('withdraw')}
          >
            {t`Rút luật…`}
          </Button>
        </>
      )}
      {asked === 'approved' || asked === 'returned' ? (
        <ReviewDialog rule={rule} verdict={asked} onClose={close} />
      ) : null}
      {asked === 'withdraw' ? <WithdrawDialog rule={rule} onClose={close} /> : null}
      {asked === 'tune' ? <TuneDialog rule={rule} onClose={close} /> : null}
    </>
  )
}

function SubmitButton({ rule }: { rule: FullLibraryRule }) {
  const { t } = useLingui()
  const refusal = useRefusal()('rule.write')
  const submit = useRuleAct(
    () => api.ruleLibrary.submit({ params: { id: rule.id } }),
    ({ version }) => t`Đã gửi duyệt bản ${version}`,
  )
  useKeys({ primary: refusal ? undefined : () => submit.mutate(undefined) })
  return (
    <Button
      look="primary"
      refusal={refusal}
      busy={submit.isPending}
      keys={printed('primary')}
      onClick={() => submit.mutate(undefined)}
    >
      {t`Gửi duyệt`}
    </Button>
  )
}

interface ReviewButtonsProps {
  readonly rule: FullLibraryRule
  readonly onAsk: (verdict: 'approved' | 'returned') => void
}

function ReviewButtons({ rule, onAsk }: ReviewButtonsProps) {
  const { t } = useLingui()
  const { person } = useMe()
  const missing = useRefusal()('rule.review')
  const own = rule.author_id === person.id ? t`Người viết không tự duyệt luật của mình` : undefined
  const refusal = missing ?? own
  useKeys({ primary: refusal ? undefined : () => onAsk('approved') })
  return (
    <>
      <Button
        look="primary"
        refusal={refusal}
        keys={printed('primary')}
        onClick={() => onAsk('approved')}
      >
        {t`Duyệt…`}
      </Button>
      <Button refusal={refusal} onClick={() => onAsk('returned')}>
        {t`Trả lại…`}
      </Button>
    </>
  )
}
