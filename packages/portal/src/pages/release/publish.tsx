import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { say } from '../../components/toast.tsx'
import { ReasonDialog } from '../rules/reason-dialog.tsx'
import type { PolicyDraft } from './policy-draft.ts'

/** Puts the draft into force, with a reason that stands in the journal. */
export function Publish({ draft, refusal }: { draft: PolicyDraft; refusal: string | undefined }) {
  const { t } = useLingui()
  const missing = useRefusal()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const publish = useMutation({
    mutationFn: (reason: string) =>
      api.release.publish({ body: { policy: draft.policy, reason, based_on: draft.base } }),
    onSuccess: ({ version }) => {
      setOpen(false)
      say(t`Bản ${version} có hiệu lực`)
      void client.invalidateQueries({ queryKey: ['release'] })
    },
  })
  return (
    <>
      <Button
        look="primary"
        refusal={missing('station.manage') ?? refusal}
        onClick={() => setOpen(true)}
      >{t`Ban hành…`}</Button>
      {open ? (
        <ReasonDialog
          title={t`Ban hành chính sách`}
          about={t`Có hiệu lực ngay cho mọi bản ghi chưa rời nút. Cấp trên thấy chính sách này và lý do.`}
          label={t`Lý do`}
          act={t`Ban hành`}
          error={publish.error}
          busy={publish.isPending}
          onGive={(reason) => publish.mutate(reason)}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}
