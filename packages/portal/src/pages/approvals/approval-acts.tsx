import type { Approval } from '@haidang/contracts/approval'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Check, Download } from 'lucide-react'
import { useRef, useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button, buttonStyle } from '../../components/button.tsx'
import { complain, say } from '../../components/toast.tsx'
import { useAgain } from '../access/use-again.tsx'
import { ReasonDialog } from '../rules/reason-dialog.tsx'
import { approvedPath } from './export-path.ts'

/** What the reader may do with a request in its state. */
export function ApprovalActs({ approval }: { approval: Approval }) {
  const { state, mine } = approval
  if (state === 'open')
    return mine ? <Withdraw approval={approval} /> : <Decide approval={approval} />
  if (state === 'approved' && mine) return <Take approval={approval} />
  return null
}

/** Puts what the node answered in place of what was shown. */
function useShow() {
  const client = useQueryClient()
  return (approval: Approval) => {
    client.setQueryData(['approvals', 'one', approval.id], approval)
    void client.invalidateQueries({ queryKey: ['approvals'] })
  }
}

function Decide({ approval }: { approval: Approval }) {
  const { t } = useLingui()
  const show = useShow()
  const refusal = useRefusal()
  const describe = useDescribe()
  const [refusing, setRefusing] = useState(false)
  const reason = useRef('')
  const { id, digest } = approval
  const why = t`Bạn đăng nhập đã lâu. Quyết định thay người khác cần mật khẩu, phòng khi ai đó dùng máy của bạn.`
  const decide = (verdict: 'approved' | 'refused') => (password: string | undefined) =>
    api.approvals.decide({
      params: { id },
      body: { verdict, digest, reason: verdict === 'refused' ? reason.current : '', password },
    })
  const approving = useAgain(
    decide('approved'),
    (done) => {
      show(done)
      say(done.state === 'done' ? t`Đã duyệt và thực hiện` : t`Đã duyệt`)
    },
    why,
  )
  const rejecting = useAgain(
    decide('refused'),
    (done) => {
      show(done)
      setRefusing(false)
      say(t`Đã từ chối`)
    },
    why,
  )
  const missing =
    refusal('approval.decide') ??
    (approval.may_decide ? undefined : t`Việc này cần quyền khác hoặc đã quá hạn`)
  return (
    <>
      <Button look="danger" refusal={missing} onClick={() => setRefusing(true)}>
        {t`Từ chối…`}
      </Button>
      <Button look="primary" refusal={missing} busy={approving.busy} onClick={approving.run}>
        <Check aria-hidden="true" className="size-4" />
        {t`Duyệt và thực hiện`}
      </Button>
      {approving.error ? (
        <p role="alert" className="basis-full text-12 text-critical">
          {describe(approving.error).title}
        </p>
      ) : null}
      {approving.question}
      {rejecting.question}
      {refusing && !rejecting.question ? (
        <ReasonDialog
          title={t`Từ chối đề nghị`}
          about={t`Người đề nghị đọc được lý do này.`}
          label={t`Lý do`}
          act={t`Từ chối`}
          danger
          error={rejecting.error}
          busy={rejecting.busy}
          onGive={(given) => {
            reason.current = given
            rejecting.run()
          }}
          onClose={() => setRefusing(false)}
        />
      ) : null}
    </>
  )
}

function Withdraw({ approval }: { approval: Approval }) {
  const { t } = useLingui()
  const show = useShow()
  const describe = useDescribe()
  const withdraw = useMutation({
    mutationFn: () => api.approvals.withdraw({ params: { id: approval.id }, body: {} }),
    onSuccess: (done) => {
      show(done)
      say(t`Đã rút đề nghị`)
    },
    onError: (error) => complain(describe(error).title),
  })
  return (
    <Button busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
      {t`Rút đề nghị`}
    </Button>
  )
}

/** An approved export is taken by who asked for it. */
function Take({ approval }: { approval: Approval }) {
  const { t } = useLingui()
  const path = approvedPath(approval)
  if (!path) return null
  return (
    <a href={path} download className={buttonStyle({ look: 'primary' })}>
      <Download aria-hidden="true" className="size-4" />
      {t`Tải về, một lần`}
    </a>
  )
}
