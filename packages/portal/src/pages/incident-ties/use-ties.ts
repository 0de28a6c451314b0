import type { Given, IncidentUnmerged } from '@haidang/contracts/incident-merge'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { complain, say } from '../../components/toast.tsx'

interface Merging {
  readonly into: string
  readonly ids: readonly string[]
  readonly reason: string
}

/** Merges incidents; said aloud and undoable for ten seconds, and on the page of the head ever after. */
export function useMergeIncidents(onDone: (head: string) => void) {
  const { t } = useLingui()
  const unmerge = useUnmergeIncidents()
  const renew = useRenew()
  return useMutation({
    mutationFn: ({ ids, ...body }: Merging) =>
      api.incidentMerges.merge({ body: { ...body, ids: [...ids] } }),
    onSuccess: ({ head, merge }) => {
      const count = merge.incidents.length
      say(t`Đã gộp ${count} sự cố vào ${head.number}`, () =>
        unmerge.mutate({ id: merge.id, incidents: 'as-before', give: [] }),
      )
      renew()
      onDone(head.id)
    },
  })
}

interface Unmerging {
  readonly id: string
  readonly incidents: IncidentUnmerged
  readonly give: readonly Given[]
}

/** Takes a merge back. */
export function useUnmergeIncidents(onDone?: () => void) {
  const { t } = useLingui()
  const describe = useDescribe()
  const renew = useRenew()
  return useMutation({
    mutationFn: ({ id, incidents, give }: Unmerging) =>
      api.incidentMerges.unmerge({ params: { id }, body: { incidents, give: [...give] } }),
    onSuccess: ({ changed }) => {
      const count = changed.length - 1
      say(t`Đã tách ${count} sự cố`)
      renew()
      onDone?.()
    },
    onError: (error) => complain(describe(error).title),
  })
}

const shown = [
  'incidents',
  'clusters',
  'orders',
  'tasks',
  'observables',
  'incident-reports',
  'deadlines',
  'audience',
  'overview',
  'my-work',
]

/** Reads again what shows incidents and what hangs on them. */
export function useRenew() {
  const client = useQueryClient()
  return () => {
    for (const key of shown) {
      void client.invalidateQueries({ queryKey: [key] })
    }
  }
}
