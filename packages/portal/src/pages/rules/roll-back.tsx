import type { FullRuleSet } from '@haidang/contracts/rule-set'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { say } from '../../components/toast.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { useRecentSets } from './recent-sets.ts'

/** Brings the content of an earlier set back, everywhere at once; nothing on the newest set. */
export function RollBackButton({ set }: { set: FullRuleSet }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  const [newest] = useRecentSets()
  const rollBack = useMutation({
    mutationFn: (reason: string) =>
      api.ruleSets.rollBack({ params: { number: String(set.number) }, body: { reason } }),
    onSuccess: ({ number, restores }) => {
      for (const key of ['rule-sets', 'rule-drift', 'rule-library']) {
        void client.invalidateQueries({ queryKey: [key] })
      }
      say(t`Bộ luật ${number} lấy lại nội dung bộ ${restores ?? set.number} cho mọi trạm`)
      close()
      void navigate({ to: '/rules/sets/$number', params: { number: String(number) } })
    },
  })
  const last = newest?.number ?? set.number
  if (last <= set.number) return null
  return (
    <>
      <Button look="danger" refusal={refusal('rule.publish')} onClick={() => setOpen(true)}>
        {t`Quay lại bộ này…`}
      </Button>
      {open ? (
        <ReasonDialog
          title={t`Quay lại nội dung bộ luật ${set.number}`}
          about={t`Mọi trạm, ở mọi vòng, nhận ngay bộ luật ${last + 1} với nội dung của bộ ${set.number} thay cho bộ ${last}. Tinh chỉnh đã hết hạn không quay lại.`}
          label={t`Lý do quay lại`}
          act={t`Quay lại ở mọi trạm`}
          danger
          error={rollBack.error}
          busy={rollBack.isPending}
          onGive={(reason) => rollBack.mutate(reason)}
          onClose={close}
        />
      ) : null}
    </>
  )
}
