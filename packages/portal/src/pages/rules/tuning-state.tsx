import { millisecondsOf } from '@haidang/contracts/instant'
import type { Tuning } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Pill } from '../../components/pill.tsx'
import { say } from '../../components/toast.tsx'
import { nowMilliseconds } from '../../format/instant.ts'
import { ReasonDialog } from './reason-dialog.tsx'

function isOver(tuning: Tuning): boolean {
  return tuning.ended_at !== null || millisecondsOf(tuning.expires_at) <= nowMilliseconds()
}

/** Whether a tuning still counts. */
export function TuningState({ tuning }: { tuning: Tuning }) {
  const { t } = useLingui()
  if (tuning.ended_at !== null) return <Pill>{t`Đã kết thúc`}</Pill>
  return isOver(tuning) ? <Pill>{t`Đã hết hạn`}</Pill> : <Pill tone="accent">{t`Còn hạn`}</Pill>
}

/** Ends a tuning before its time. */
export function EndTuning({ tuning }: { tuning: Tuning }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  const end = useMutation({
    mutationFn: (reason: string) =>
      api.ruleLibrary.endTuning({ params: { id: tuning.id }, body: { reason } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['rule-tunings'] })
      say(t`Đã kết thúc tinh chỉnh`)
      close()
    },
  })
  if (isOver(tuning)) return null
  return (
    <>
      <Button
        look="quiet"
        size="small"
        className="ml-auto"
        refusal={refusal('rule.write')}
        onClick={() => setOpen(true)}
      >
        {t`Kết thúc…`}
      </Button>
      {open ? (
        <ReasonDialog
          title={t`Kết thúc tinh chỉnh`}
          about={t`Từ bộ luật kế tiếp, luật ${tuning.rule_title} lại xét cả phần này.`}
          label={t`Lý do kết thúc`}
          act={t`Chấm dứt`}
          error={end.error}
          busy={end.isPending}
          onGive={(reason) => end.mutate(reason)}
          onClose={close}
        />
      ) : null}
    </>
  )
}
