import type { TriageAct, TriageDecision } from '@haidang/contracts/incident-report'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { useMay } from '../../api/session.ts'
import { complain, say } from '../../components/toast.tsx'
import { useKeys } from '../../keys/keyboard.ts'

/** Acts that ask for something first. */
export type AskedAct = Extract<TriageAct, 'ask' | 'attach' | 'near_miss' | 'duplicate' | 'reject'>

/** Decisions on reports by key or button; what was decided is taken back for ten seconds. */
export function useReportTriage(targets: readonly string[], onDone?: () => void) {
  const { t } = useLingui()
  const client = useQueryClient()
  const describe = useDescribe()
  const may = useMay()
  const [asked, setAsked] = useState<AskedAct | null>(null)
  const allowed = may('incident-report.triage') && targets.length > 0
  const renew = () => {
    for (const key of ['incident-reports', 'incidents', 'deadlines']) {
      void client.invalidateQueries({ queryKey: [key] })
    }
  }
  const undo = useMutation({
    mutationFn: (ids: string[]) =>
      api.incidentReports.triage({ body: { ids, act: 'reopen', reason: t`Hoàn tác` } }),
    onSuccess: () => {
      say(t`Đã hoàn tác`)
      renew()
    },
    onError: (error) => complain(describe(error).title),
  })
  const words: Record<TriageAct, string> = {
    acknowledge: t`Đã xác nhận với người báo`,
    ask: t`Đã hỏi lại người báo`,
    attach: t`Đã gắn vào sự cố`,
    open: t`Đã lập sự cố từ tin báo`,
    near_miss: t`Đã ghi là suýt xảy ra sự cố`,
    duplicate: t`Đã ghi là trùng lặp`,
    reject: t`Đã ghi là không phải sự cố`,
    reopen: t`Đã xem xét lại`,
  }
  const triage = useMutation({
    mutationFn: (body: Omit<TriageDecision, 'ids' | 'reason'> & { reason?: string }) =>
      api.incidentReports.triage({ body: { ...body, ids: [...targets] } }),
    onSuccess: ({ items }, { act }) => {
      const decided = !['acknowledge', 'ask', 'reopen'].includes(act)
      const ids = items.map(({ id }) => id)
      say(words[act], decided ? () => undo.mutate(ids) : undefined)
      setAsked(null)
      renew()
      onDone?.()
    },
    onError: (error) => (asked ? undefined : complain(describe(error).title)),
  })
  const ask = (act: AskedAct) => () => {
    if (!allowed) return
    triage.reset()
    setAsked(act)
  }
  const now = (act: 'acknowledge' | 'open') => () => {
    if (allowed && !triage.isPending) triage.mutate({ act })
  }
  const acts = {
    acknowledge: now('acknowledge'),
    'ask-back': ask('ask'),
    attach: ask('attach'),
    create: now('open'),
    close: ask('reject'),
  }
  useKeys(acts)
  return {
    ...acts,
    'near-miss': ask('near_miss'),
    duplicate: ask('duplicate'),
    asked,
    dismiss: () => setAsked(null),
    decide: triage.mutate,
    error: asked ? triage.error : null,
    busy: triage.isPending,
  }
}
export type ReportTriage = ReturnType<typeof useReportTriage>
