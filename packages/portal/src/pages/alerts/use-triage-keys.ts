import type { TriageAct } from '@haidang/contracts/cluster'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay, useMe } from '../../api/session.ts'
import { useKeys } from '../../keys/keyboard.ts'
import type { Asked } from './triage-dialogs.tsx'
import { useMerge } from './use-merge.ts'
import { useTriage } from './use-triage.ts'

/** Triage by key or button, of the clusters that are the target now. */
export function useTriageActs(targets: readonly string[], onDone?: () => void) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const navigate = useNavigate()
  const may = useMay()
  const me = useMe()
  const triage = useTriage(onDone)
  const merge = useMerge(onDone)
  const allowed = may('alert.triage') && targets.length > 0
  const act = (act: TriageAct) => {
    setAsked(null)
    if (allowed) triage.mutate({ ids: targets, act })
  }
  const ask = (question: Asked) => () => allowed && setAsked(question)
  const create = () => {
    if (targets.length > 0 && may('incident.handle')) {
      void navigate({ to: '/incidents/new', search: { clusters: targets.join(',') } })
    }
  }
  const acts = {
    acknowledge: () => act({ act: 'acknowledge' }),
    'assign-me': () => act({ act: 'assign', person_id: me.person.id }),
    assign: ask('assign'),
    severity: ask('severity'),
    snooze: ask('snooze'),
    close: ask('close'),
    merge: () => allowed && targets.length > 1 && merge.mutate(targets),
    create,
  }
  useKeys(acts)
  return {
    asked,
    dismiss: () => setAsked(null),
    act,
    acts,
    busy: triage.isPending || merge.isPending,
  }
}
export type TriageActs = ReturnType<typeof useTriageActs>
