import type { Incident } from '@haidang/contracts/incident'
import type { BulkAct } from '@haidang/contracts/incident-bulk'
import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { useMay, useMe } from '../../api/session.ts'
import { complain, say } from '../../components/toast.tsx'
import { useKeys } from '../../keys/keyboard.ts'
import { useRenew } from '../incident-ties/use-ties.ts'

/** Acts that ask for something first. */
export type AskedAct = 'assign' | 'reject' | 'merge' | 'link'

/** Acts on many incidents by key or button; what was decided is taken back for ten seconds. */
export function useIncidentActs(targets: readonly Incident[], onDone: () => void) {
  const { t } = useLingui()
  const describe = useDescribe()
  const may = useMay()
  const me = useMe()
  const renew = useRenew()
  const [asked, setAsked] = useState<AskedAct | null>(null)
  const allowed = may('incident.handle') && targets.length > 0
  const fail = (error: unknown) => complain(describe(error).title)
  const undo = useMutation({
    mutationFn: (token: string) => api.incidentActs.undo({ body: { undo: token } }),
    onSuccess: ({ changed, skipped }) => {
      const count = changed.length
      say(
        skipped > 0
          ? t`Đã hoàn tác ${count} sự cố; ${skipped} sự cố người khác đã đổi nên giữ nguyên`
          : t`Đã hoàn tác ${count} sự cố`,
      )
      renew()
    },
    onError: fail,
  })
  const many = useMutation({
    mutationFn: (act: BulkAct) =>
      api.incidentActs.act({ body: { ids: targets.map(({ id }) => id), act } }),
    onSuccess: ({ changed, undo: token }, { act }) => {
      const count = changed.length
      const words =
        act === 'assign' ? t`Đã giao ${count} sự cố` : t`Đã ghi ${count} mục không phải sự cố`
      say(words, token ? () => undo.mutate(token) : undefined)
      setAsked(null)
      renew()
      onDone()
    },
    onError: (error) => (asked ? undefined : fail(error)),
  })
  const ask = (act: AskedAct, least = 1) => {
    return () => {
      if (!allowed || targets.length < least) return
      many.reset()
      setAsked(act)
    }
  }
  const assign = (person_id: string | null) => many.mutate({ act: 'assign', person_id })
  const acts = {
    'assign-me': () => {
      if (allowed && !many.isPending) assign(me.person.id)
    },
    assign: ask('assign'),
    merge: ask('merge', 2),
    close: may('incident.close') ? ask('reject') : () => undefined,
  }
  useKeys(acts)
  return {
    ...acts,
    link: ask('link', 2),
    asked,
    dismiss: () => setAsked(null),
    giveTo: assign,
    reject: (reason: string) => many.mutate({ act: 'reject', reason }),
    error: asked ? many.error : null,
    busy: many.isPending,
  }
}
export type IncidentActsOf = ReturnType<typeof useIncidentActs>
